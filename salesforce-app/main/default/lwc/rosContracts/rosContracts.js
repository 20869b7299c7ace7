// Generated from shared/contracts by `npm run contracts`. Do not edit.
import { a as int, c as number, d as record, f as string, g as _regex, h as _minLength, i as discriminatedUnion, l as object, m as _maxLength, n as array, o as literal, p as uuid, r as boolean, s as nullable, t as _enum, u as optional } from "./zod";
// shared/contracts/record.ts
const recordObject = _enum([
	"deal",
	"contact",
	"company",
	"lead"
]);
const recordId = string().check(_regex(/^[A-Za-z0-9]{1,32}$/));
const recordRef = object({
	object: recordObject,
	id: recordId
});
const stage = object({
	id: string(),
	label: string(),
	probability: number(),
	closed: boolean()
});
// shared/contracts/transcript.ts
const role = _enum([
	"rep",
	"customer",
	"other"
]);
const word = object({
	text: string(),
	startMs: number(),
	endMs: number(),
	confidence: number()
});
const utterance = object({
	seq: int(),
	role,
	speaker: string(),
	text: string(),
	startMs: number(),
	endMs: number(),
	confidence: number()
});
const evidence = object({
	quote: string(),
	seq: int(),
	role,
	speaker: string(),
	startMs: number(),
	endMs: number()
});
// shared/contracts/change.ts
const fieldName = string().check(_regex(/^[A-Za-z][A-Za-z0-9_]{0,99}$/));
const fieldValues = record(fieldName, string().check(_maxLength(65536)));
const logCall = object({
	kind: literal("log-call"),
	title: string(),
	body: string(),
	direction: _enum(["inbound", "outbound"]),
	startedAt: string(),
	durationMs: number(),
	fromNumber: optional(string()),
	toNumber: optional(string()),
	ownerId: optional(string()),
	existing: optional(string())
});
const addNote = object({
	kind: literal("add-note"),
	body: string(),
	at: string(),
	ownerId: optional(string())
});
const addTask = object({
	kind: literal("add-task"),
	subject: string(),
	body: string(),
	dueAt: string(),
	ownerId: optional(string())
});
const moveStage = object({
	kind: literal("move-stage"),
	from: string(),
	to: string(),
	fromLabel: string(),
	toLabel: string(),
	with: optional(fieldValues)
});
const fieldMode = _enum([
	"fill-blank",
	"append",
	"overwrite"
]);
const setField = object({
	kind: literal("set-field"),
	field: fieldName,
	label: string(),
	mode: fieldMode,
	from: nullable(string()),
	to: string(),
	toLabel: optional(string())
});
const removeActivity = object({
	kind: literal("remove-activity"),
	activity: _enum([
		"call",
		"note",
		"task"
	]),
	crmId: recordId,
	title: string()
});
const draftEmail = object({
	kind: literal("draft-email"),
	to: array(string()),
	subject: string(),
	body: string()
});
const crmWrite = discriminatedUnion("kind", [
	logCall,
	addNote,
	addTask,
	moveStage,
	setField,
	removeActivity
]);
const changeBody = discriminatedUnion("kind", [
	logCall,
	addNote,
	addTask,
	moveStage,
	setField,
	removeActivity,
	draftEmail
]);
const policy = _enum([
	"auto",
	"suggest",
	"never"
]);
const changeState = _enum([
	"waiting",
	"due",
	"writing",
	"written",
	"approved",
	"declined",
	"parked",
	"superseded",
	"undone"
]);
const ask = object({
	field: fieldName,
	label: string(),
	type: _enum([
		"text",
		"number",
		"date",
		"choice"
	]),
	options: optional(array(object({
		value: string(),
		label: string()
	})))
});
const parkedWhy = _enum([
	"refused",
	"gone",
	"lacks",
	"tried-out",
	"too-old"
]);
const changeItem = object({
	id: string(),
	version: int(),
	record: recordRef,
	also: array(recordRef),
	policy,
	state: changeState,
	body: changeBody,
	reason: string(),
	evidence: array(evidence),
	confidence: optional(number()),
	crmId: optional(string()),
	trouble: optional(string()),
	parkedWhy: optional(parkedWhy),
	asks: optional(array(ask)),
	writtenAt: optional(string()),
	decidedBy: optional(string()),
	undoes: optional(string())
});
// shared/contracts/guidance.ts
const playKind = _enum([
	"price",
	"objection",
	"competitor",
	"question",
	"compliance"
]);
const consent = _enum([
	"unknown",
	"announced",
	"granted",
	"refused"
]);
const guidanceCard = object({
	id: string(),
	playId: string(),
	kind: playKind,
	headline: string(),
	say: string(),
	why: object({
		quote: string(),
		role,
		startMs: number(),
		endMs: number(),
		rule: string()
	}),
	confidence: number()
});
const feedbackAction = _enum([
	"used",
	"dismissed",
	"snoozed"
]);
const liveLine = object({
	role,
	turn: int(),
	text: string(),
	final: boolean()
});
const guidanceDown = discriminatedUnion("type", [
	object({
		type: literal("hello"),
		seq: int(),
		version: int(),
		callId: string(),
		consent,
		card: nullable(guidanceCard)
	}),
	object({
		type: literal("consent"),
		seq: int(),
		consent
	}),
	object({
		type: literal("line"),
		seq: int(),
		line: liveLine
	}),
	object({
		type: literal("card"),
		seq: int(),
		card: guidanceCard
	}),
	object({
		type: literal("retract"),
		seq: int(),
		cardId: string()
	}),
	object({
		type: literal("ended"),
		seq: int()
	})
]);
const guidanceUp = discriminatedUnion("type", [
	object({
		type: literal("resume"),
		after: int()
	}),
	object({
		type: literal("feedback"),
		cardId: string(),
		action: feedbackAction
	}),
	object({
		type: literal("consent"),
		consent: _enum(["granted", "refused"])
	}),
	object({
		type: literal("pong"),
		cardId: string(),
		paintedMs: number()
	})
]);
// shared/contracts/insight.ts
const objectionType = _enum([
	"price",
	"timing",
	"authority",
	"need",
	"competitor",
	"trust",
	"fit",
	"implementation",
	"security",
	"terms",
	"brushoff"
]);
const buyingType = _enum([
	"commit",
	"praise",
	"purchase_q",
	"request",
	"urgency",
	"authority",
	"budget",
	"need"
]);
const intent = _enum([
	"discovery",
	"demo",
	"objection",
	"close",
	"renewal"
]);
const owner = _enum([
	"rep",
	"customer",
	"both"
]);
const confidence = number();
const nextStep = object({
	text: string(),
	owner,
	dueText: optional(string()),
	dueAt: optional(string()),
	hedged: boolean(),
	confidence,
	evidence
});
const insight = object({
	analyzer: string(),
	intent,
	sentiment: number(),
	talkShareRep: number(),
	headline: string(),
	bullets: array(object({
		text: string(),
		evidence
	})),
	objections: array(object({
		type: objectionType,
		confidence,
		evidence
	})),
	nextSteps: array(nextStep),
	buyingSignals: array(object({
		type: buyingType,
		confidence,
		evidence
	})),
	competitors: array(object({
		name: string(),
		confidence,
		evidence
	})),
	pricing: array(object({
		confidence,
		evidence
	})),
	turns: array(object({
		seq: int(),
		sentiment: number()
	}))
});
// shared/contracts/tenant.ts
const host = _enum(["hubspot", "salesforce"]);
const provider = _enum([
	"hubspot",
	"salesforce",
	"twilio",
	"webhook"
]);
const sharing = _enum([
	"owner",
	"team",
	"everyone"
]);
// shared/contracts/version.ts
const CONTRACTS_VERSION = 2;
// shared/contracts/view.ts
const refusal = _enum([
	"not-connected",
	"no-permission",
	"plan-limit",
	"stale",
	"trouble",
	"bad-request",
	"not-found"
]);
const answer = (value) => discriminatedUnion("ok", [object({
	ok: literal(true),
	value
}), object({
	ok: literal(false),
	code: refusal,
	what: string(),
	todo: string()
})]);
const callBrief = object({
	id: string(),
	record: nullable(recordRef),
	status: _enum([
		"live",
		"ended",
		"transcribed",
		"understood",
		"failed"
	]),
	source: _enum([
		"twilio",
		"upload",
		"webhook"
	]),
	repName: string(),
	customerName: string(),
	startedAt: string(),
	durationMs: number(),
	isPrivate: boolean(),
	trouble: optional(string())
});
const nextView = discriminatedUnion("state", [
	object({
		state: literal("live"),
		callId: string()
	}),
	object({
		state: literal("working"),
		call: callBrief,
		pollMs: int()
	}),
	object({
		state: literal("next"),
		callId: nullable(string()),
		title: string(),
		why: string(),
		evidence: optional(evidence),
		change: optional(changeItem),
		after: int()
	}),
	object({
		state: literal("clear"),
		line: string(),
		lastCallId: optional(string())
	})
]);
const liveView = discriminatedUnion("state", [
	object({
		state: literal("same"),
		seq: int(),
		pollMs: int()
	}),
	object({
		state: literal("live"),
		seq: int(),
		pollMs: int(),
		callId: string(),
		elapsedMs: number(),
		customerName: string(),
		consent,
		card: nullable(guidanceCard),
		lines: array(liveLine),
		talkShareRep: nullable(number())
	}),
	object({
		state: literal("ended"),
		seq: int(),
		callId: string()
	})
]);
const personView = object({
	name: string(),
	record: optional(recordRef),
	trust: number(),
	why: string()
});
const factView = object({
	kind: string(),
	text: string(),
	evidence,
	firstAt: string(),
	lastAt: string(),
	times: int()
});
const conversationView = object({
	call: callBrief,
	insight: nullable(insight),
	changes: array(changeItem),
	strip: array(object({
		role,
		startMs: number(),
		endMs: number()
	})),
	people: array(personView),
	facts: array(factView)
});
const recordConversation = nullable(conversationView);
const decideBody = object({
	requestId: uuid(),
	version: int(),
	email: optional(object({
		subject: string().check(_maxLength(300)),
		body: string().check(_maxLength(2e4))
	})),
	values: optional(fieldValues)
});
const consentBody = object({
	requestId: uuid(),
	consent: _enum(["granted", "refused"])
});
const feedbackBody = object({
	requestId: uuid(),
	cardId: string().check(_maxLength(80)),
	action: _enum([
		"used",
		"dismissed",
		"snoozed"
	])
});
const ticketView = object({
	url: string(),
	token: string(),
	expiresAt: string()
});
const uploadBody = object({
	requestId: uuid(),
	record: recordRef,
	name: string().check(_maxLength(200))
});
const uploadView = object({
	url: string(),
	expiresAt: string()
});
const pressBody = object({ requestId: uuid() });
const undoView = object({
	change: changeItem,
	undo: optional(changeItem)
});
const writtenView = object({
	items: array(object({
		change: changeItem,
		callId: nullable(string()),
		undoableUntil: optional(string()),
		undo: optional(object({
			state: changeState,
			trouble: optional(string())
		}))
	})),
	page: int(),
	more: boolean()
});
const healthView = object({
	state: _enum([
		"connected",
		"needs-reconnect",
		"disconnected"
	]),
	lastSyncAt: nullable(string()),
	backlog: object({
		count: int(),
		oldestAt: nullable(string())
	}),
	parked: array(object({
		id: string(),
		kind: string(),
		why: nullable(parkedWhy),
		trouble: string(),
		since: string()
	})),
	parkedCount: int(),
	budget: nullable(object({
		perSecond: number(),
		tokens: number(),
		restsUntil: optional(string()),
		api: optional(object({
			used: number(),
			max: number()
		}))
	}))
});
const policiesBody = object({
	requestId: uuid(),
	policies: array(object({
		subject: string().check(_maxLength(140)),
		policy: nullable(policy),
		mode: optional(fieldMode)
	})).check(_minLength(1), _maxLength(100))
});
const policiesView = object({ policies: array(object({
	subject: string(),
	policy,
	mode: optional(fieldMode)
})) });
const syncDealBody = object({
	requestId: uuid(),
	record: recordRef
});
const autoUpdateBody = object({
	requestId: uuid(),
	record: recordRef,
	fields: optional(record(fieldName, string().check(_maxLength(65536)))),
	stage: optional(string().check(_minLength(1), _maxLength(200))),
	evidence: optional(array(evidence).check(_maxLength(10)))
});
const createTaskBody = object({
	requestId: uuid(),
	record: recordRef,
	subject: string().check(_minLength(1), _maxLength(255)),
	dueAt: string().check(_regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/)),
	body: optional(string().check(_maxLength(1e4)))
});
const changesView = object({ items: array(changeItem) });
export { CONTRACTS_VERSION, addNote, addTask, answer, ask, autoUpdateBody, buyingType, callBrief, changeBody, changeItem, changeState, changesView, consent, consentBody, conversationView, createTaskBody, crmWrite, decideBody, draftEmail, evidence, factView, feedbackAction, feedbackBody, fieldMode, fieldName, fieldValues, guidanceCard, guidanceDown, guidanceUp, healthView, host, insight, intent, liveLine, liveView, logCall, moveStage, nextStep, nextView, objectionType, owner, parkedWhy, personView, playKind, policiesBody, policiesView, policy, pressBody, provider, recordConversation, recordId, recordObject, recordRef, refusal, removeActivity, role, setField, sharing, stage, syncDealBody, ticketView, undoView, uploadBody, uploadView, utterance, word, writtenView };
