// Generated from shared/contracts by `npm run contracts`. Do not edit.
import { C as _minLength, E as _trim, S as _maxLength, T as _regex, _ as union, a as discriminatedUnion, b as _length, c as literal, d as object, f as optional, g as string, h as refine, i as boolean, l as nullable, m as record, n as _enum, o as extend, p as partial, r as array, s as int, t as _default, u as number$2, v as uuid, w as _nonnegative, x as _lte, y as _gte } from "./zod.js";
// shared/contracts/transcript.ts
const role = _enum([
	"rep",
	"customer",
	"other"
]);
const word = object({
	text: string(),
	startMs: number$2(),
	endMs: number$2(),
	confidence: number$2()
});
const utterance = object({
	seq: int(),
	role,
	speaker: string(),
	text: string(),
	startMs: number$2(),
	endMs: number$2(),
	confidence: number$2(),
	unsure: optional(array(object({
		text: string(),
		confidence: number$2()
	})))
});
const evidence = object({
	quote: string(),
	seq: int(),
	role,
	speaker: string(),
	startMs: number$2(),
	endMs: number$2(),
	heard: optional(number$2())
});
// shared/contracts/adherence.ts
const point = {
	id: string(),
	name: string(),
	stage: string()
};
const callAdherenceView = object({
	callId: string(),
	playbooks: array(object({
		id: string(),
		name: string(),
		version: int(),
		met: int(),
		points: array(object({
			...point,
			met: boolean(),
			evid: optional(object({
				quote: string(),
				role,
				speaker: string(),
				startMs: number$2()
			}))
		}))
	})),
	said: string()
});
const playbookAdherenceView = object({
	playbookId: string(),
	name: string(),
	version: int(),
	since: string(),
	of: _enum(["mine", "team"]),
	calls: int(),
	points: array(object({
		...point,
		met: int(),
		calls: int(),
		examples: array(object({
			callId: string(),
			startedAt: string(),
			quote: string(),
			role,
			startMs: number$2()
		}))
	})),
	said: string()
});
// shared/contracts/ask-call.ts
const callQuestion = string().check(_minLength(1), _maxLength(300));
const askCallBody = object({
	requestId: uuid(),
	question: callQuestion
});
const callAnswer = object({
	answer: string(),
	isKnown: boolean(),
	sources: array(object({
		atMs: number$2(),
		speaker: string(),
		role,
		quote: string()
	})),
	by: _enum(["rules", "model"])
});
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
	probability: number$2(),
	closed: boolean()
});
// shared/contracts/brief.ts
const briefSource = discriminatedUnion("from", [
	object({
		from: literal("call"),
		callId: string(),
		at: string(),
		evidence: optional(evidence)
	}),
	object({
		from: literal("crm"),
		field: string(),
		at: string()
	}),
	object({
		from: literal("dates"),
		at: string()
	}),
	object({
		from: literal("contacts"),
		at: string()
	}),
	object({
		from: literal("method"),
		method: _enum([
			"MEDDPICC",
			"BANT",
			"SPICED"
		]),
		element: string()
	})
]);
const briefLine = object({
	kind: _enum([
		"stands",
		"person",
		"path",
		"promise",
		"risk",
		"objection",
		"changed",
		"question"
	]),
	text: string(),
	isOverdue: optional(literal(true)),
	sources: array(briefSource).check(_minLength(1))
});
const briefView = object({
	record: recordRef,
	isFirst: boolean(),
	lines: array(briefLine).check(_minLength(1), _maxLength(12)),
	asOf: string(),
	meetingAt: optional(string()),
	gap: optional(string())
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
	durationMs: number$2(),
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
	"shadow",
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
	"undone",
	"shadow"
]);
const shadowSaw = _enum(["matched", "differed"]);
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
	confidence: optional(number$2()),
	crmId: optional(string()),
	trouble: optional(string()),
	parkedWhy: optional(parkedWhy),
	asks: optional(array(ask)),
	writtenAt: optional(string()),
	decidedBy: optional(string()),
	decidedName: optional(string()),
	shadowSaw: optional(shadowSaw),
	undoes: optional(string())
});
// shared/contracts/capture.ts
const consentRule = _enum([
	"one-party",
	"all-told",
	"all-yes"
]);
const place = string().check(_regex(/^[A-Z]{2}(-[A-Z]{2,3})?$/));
const consentSettings = {
	office: nullable(place),
	offices: array(object({
		userId: string().check(_minLength(1), _maxLength(40)),
		place
	})).check(_maxLength(1e3)),
	atLeast: nullable(consentRule)
};
const consentSettingsView = object(consentSettings);
const consentSettingsBody = object({
	requestId: uuid(),
	...consentSettings
});
const neverRecord = {
	domains: array(string().check(_regex(/^([a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}$/))).check(_maxLength(1e3)),
	numbers: array(string().check(_regex(/^\+\d{1,15}\*?$/))).check(_maxLength(1e3)),
	words: array(string().check(_minLength(2), _maxLength(60))).check(_maxLength(200)),
	reps: array(string().check(_minLength(1), _maxLength(200))).check(_maxLength(1e3))
};
const neverRecordView = object(neverRecord);
const neverRecordBody = object({
	requestId: uuid(),
	...neverRecord
});
const ownWords = { products: array(string().check(_minLength(2), _maxLength(60))).check(_maxLength(100)) };
const ownWordsView = object(ownWords);
const ownWordsBody = object({
	requestId: uuid(),
	...ownWords
});
const privateBody = object({
	requestId: uuid(),
	isPrivate: _default(boolean(), true)
});
const privateView = object({
	callId: string(),
	isPrivate: boolean()
});
const destroyView = object({
	callId: string(),
	standing: array(object({
		change: changeItem,
		undoableUntil: optional(string())
	}))
});
const missedWhy = _enum([
	"never-record",
	"over-plan",
	"no-consent",
	"refused",
	"destroyed",
	"erased",
	"no-words",
	"failed"
]);
const coverageView = object({
	from: string(),
	to: string(),
	known: int(),
	caught: int(),
	share: nullable(number$2()),
	open: int(),
	byReason: array(object({
		why: missedWhy,
		count: int()
	})),
	misses: array(object({
		callId: string(),
		startedAt: string(),
		repName: string(),
		why: missedWhy,
		said: optional(string())
	})),
	knownFrom: array(_enum([
		"doors",
		"crm",
		"calendar"
	]))
});
const captureSource = object({
	source: _enum([
		"telephone",
		"browser",
		"zoom",
		"teams",
		"upload"
	]),
	state: _enum([
		"connected",
		"ready",
		"open",
		"lacks",
		"needs-reconnect"
	]),
	line: string(),
	recordingIsConsent: optional(boolean())
});
const sourcesView = object({ sources: array(captureSource) });
const connectBody = object({
	requestId: uuid(),
	recordingIsConsent: _default(boolean(), false)
});
const connectView = object({
	url: string(),
	expiresAt: string()
});
const disconnectView = object({ state: literal("disconnected") });
// shared/contracts/capture-words.ts
const places = [
	...named("US", {
		AL: "Alabama",
		AK: "Alaska",
		AZ: "Arizona",
		AR: "Arkansas",
		CA: "California",
		CO: "Colorado",
		CT: "Connecticut",
		DE: "Delaware",
		DC: "District of Columbia",
		FL: "Florida",
		GA: "Georgia",
		HI: "Hawaii",
		ID: "Idaho",
		IL: "Illinois",
		IN: "Indiana",
		IA: "Iowa",
		KS: "Kansas",
		KY: "Kentucky",
		LA: "Louisiana",
		ME: "Maine",
		MD: "Maryland",
		MA: "Massachusetts",
		MI: "Michigan",
		MN: "Minnesota",
		MS: "Mississippi",
		MO: "Missouri",
		MT: "Montana",
		NE: "Nebraska",
		NV: "Nevada",
		NH: "New Hampshire",
		NJ: "New Jersey",
		NM: "New Mexico",
		NY: "New York",
		NC: "North Carolina",
		ND: "North Dakota",
		OH: "Ohio",
		OK: "Oklahoma",
		OR: "Oregon",
		PA: "Pennsylvania",
		RI: "Rhode Island",
		SC: "South Carolina",
		SD: "South Dakota",
		TN: "Tennessee",
		TX: "Texas",
		UT: "Utah",
		VT: "Vermont",
		VA: "Virginia",
		WA: "Washington",
		WV: "West Virginia",
		WI: "Wisconsin",
		WY: "Wyoming"
	}),
	...named("CA", {
		AB: "Alberta",
		BC: "British Columbia",
		MB: "Manitoba",
		NB: "New Brunswick",
		NL: "Newfoundland and Labrador",
		NS: "Nova Scotia",
		ON: "Ontario",
		QC: "Québec",
		SK: "Saskatchewan",
		YT: "Yukon"
	}),
	{
		code: "AU",
		name: "Australia"
	},
	{
		code: "AT",
		name: "Austria"
	},
	{
		code: "BE",
		name: "Belgium"
	},
	{
		code: "DK",
		name: "Denmark"
	},
	{
		code: "FI",
		name: "Finland"
	},
	{
		code: "FR",
		name: "France"
	},
	{
		code: "DE",
		name: "Germany"
	},
	{
		code: "IE",
		name: "Ireland"
	},
	{
		code: "IT",
		name: "Italy"
	},
	{
		code: "NL",
		name: "Netherlands"
	},
	{
		code: "NZ",
		name: "New Zealand"
	},
	{
		code: "NO",
		name: "Norway"
	},
	{
		code: "PL",
		name: "Poland"
	},
	{
		code: "PT",
		name: "Portugal"
	},
	{
		code: "ES",
		name: "Spain"
	},
	{
		code: "SE",
		name: "Sweden"
	},
	{
		code: "CH",
		name: "Switzerland"
	},
	{
		code: "GB",
		name: "United Kingdom"
	}
];
function named(country, parts) {
	const prefix = {
		US: "US",
		CA: "Canada"
	}[country] ?? country;
	return Object.entries(parts).map(([code, name]) => ({
		code: `${country}-${code}`,
		name: `${prefix}: ${name}`
	}));
}
function readNeverRecord(text) {
	const read = {
		domains: [],
		numbers: [],
		words: [],
		reps: []
	};
	for (const line of new Set(text.split(/\r?\n/).map((one) => one.trim()))) {
		const digits = line.replace(/[\s().-]/g, "");
		if (line === "") continue;
		if (line.includes("@") || /^(\d{2,}|005\w{12,15})$/.test(line)) read.reps.push(line);
		else if (/^\+\d{1,15}\*?$/.test(digits)) read.numbers.push(digits);
		else if (/^([a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}$/i.test(line)) read.domains.push(line.toLowerCase());
		else read.words.push(line);
	}
	return read;
}
const readOwnWords = (text) => ({ products: [...new Set(text.split(/\r?\n/).map((line) => line.trim()))].filter((name) => name !== "") });
const writeOwnWords = ({ products }) => products.join("\n");
const writeNeverRecord = ({ domains, numbers, words, reps }) => [
	...domains,
	...numbers,
	...reps,
	...words
].join("\n");
// shared/contracts/methodology.ts
const element = object({
	score: int(),
	evidence: array(evidence),
	gapQuestion: optional(string())
});
const meddpicc = object({
	metrics: element,
	economicBuyer: element,
	decisionCriteria: element,
	decisionProcess: element,
	paperProcess: element,
	identifyPain: element,
	champion: element,
	competition: element
});
const bant = object({
	budget: element,
	authority: element,
	need: element,
	timeline: element
});
const spiced = object({
	situation: element,
	pain: element,
	impact: element,
	criticalEvent: element,
	decision: element
});
const methodology = object({
	meddpicc,
	bant,
	spiced,
	share: number$2(),
	carries: _enum([
		"discovery",
		"evaluation",
		"proposal",
		"negotiation",
		"commit"
	])
});
// shared/contracts/metrics.ts
const number$1 = optional(number$2());
const metrics = object({
	talkRatio: number$1,
	longestMonologueMs: number$1,
	longestStoryMs: number$1,
	talkShareOfDuration: number$1,
	interactivity: number$1,
	patienceMs: number$1,
	questions: number$1,
	openQuestionShare: number$1,
	questionsPer30Minutes: number$1,
	interruptions: number$1,
	interruptionsPer10Minutes: number$1,
	wpmRep: number$1,
	wpmCustomer: number$1,
	fillersPerMinute: number$1,
	fillersPerMinuteCustomer: number$1,
	silenceShare: number$1,
	overtalkShare: number$1
});
// shared/contracts/need.ts
const confidence$1 = number$2();
const need = object({
	text: optional(string()),
	isMeasured: boolean(),
	confidence: confidence$1,
	evidence,
	asked: optional(evidence)
});
const question = object({
	isOpen: boolean(),
	isAnswered: boolean(),
	evidence,
	answer: optional(evidence)
});
const budget = object({
	state: _enum([
		"available",
		"unsure",
		"none"
	]),
	amount: optional(number$2()),
	amountTo: optional(number$2()),
	currency: optional(string()),
	period: optional(_enum([
		"once",
		"month",
		"quarter",
		"year"
	])),
	per: optional(string()),
	confidence: confidence$1,
	evidence,
	asked: optional(evidence)
});
const timeline = object({
	event: _enum([
		"decision",
		"start",
		"renewal",
		"deadline"
	]),
	text: string(),
	from: optional(string()),
	to: optional(string()),
	confidence: confidence$1,
	evidence
});
const authority = object({
	who: _enum([
		"self",
		"other",
		"group"
	]),
	text: string(),
	confidence: confidence$1,
	evidence
});
const influence = _enum([
	"economic_buyer",
	"champion",
	"coach",
	"blocker",
	"user",
	"unknown"
]);
const person = object({
	name: string(),
	role: optional(string()),
	influence,
	introducedBy: optional(string()),
	confidence: confidence$1,
	evidence
});
const commitment = object({
	by: _enum([
		"rep",
		"customer",
		"both"
	]),
	text: string(),
	dueAt: optional(string()),
	evidence,
	assent: optional(evidence)
});
const speaker = object({
	name: string(),
	role,
	spokeMs: number$2()
});
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
const confidence = number$2();
const nextStep = object({
	text: string(),
	owner,
	dueText: optional(string()),
	dueAt: optional(string()),
	hedged: boolean(),
	confidence,
	evidence
});
const turningPoint = object({
	delta: number$2(),
	evidence
});
const insight = object({
	analyzer: string(),
	intent,
	sentiment: number$2(),
	talkShareRep: number$2(),
	headline: string(),
	bullets: array(object({
		text: string(),
		evidence
	})),
	objections: array(object({
		type: objectionType,
		confidence,
		evidence,
		asked: optional(evidence)
	})),
	nextSteps: array(nextStep),
	buyingSignals: array(object({
		type: buyingType,
		confidence,
		evidence,
		asked: optional(evidence)
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
		sentiment: number$2()
	})),
	speakers: optional(array(speaker)),
	pains: optional(array(need)),
	goals: optional(array(need)),
	questions: optional(array(question)),
	budget: optional(budget),
	timeline: optional(timeline),
	authority: optional(authority),
	people: optional(array(person)),
	commitments: optional(array(commitment)),
	quarters: optional(array(nullable(number$2())).check(_length(4))),
	turningPoints: optional(array(turningPoint)),
	methodology: optional(methodology),
	metrics: optional(metrics),
	limits: optional(array(string()))
});
// shared/contracts/email.ts
const emailTone = _enum([
	"formal",
	"friendly",
	"brief"
]);
const emailLanguage = _enum([
	"en",
	"de",
	"fr",
	"es",
	"pt",
	"it",
	"nl"
]);
const threadMessage = object({
	subject: string().check(_maxLength(500)),
	body: string().check(_maxLength(2e4)),
	from: optional(_enum(["customer", "rep"]))
});
const draftAskBody = object({
	callId: optional(uuid()),
	record: optional(recordRef),
	tone: optional(emailTone),
	thread: optional(threadMessage)
});
const emailFact = object({
	text: string(),
	evidence
});
const emailDraftView = object({
	callId: string(),
	subject: string(),
	body: string(),
	facts: array(emailFact),
	language: emailLanguage,
	tone: emailTone,
	limits: array(string())
});
const emailToneBody = object({
	requestId: uuid(),
	for: _enum(["me", "everyone"]),
	tone: nullable(emailTone)
});
const emailToneView = object({
	mine: nullable(emailTone),
	everyone: nullable(emailTone),
	used: emailTone
});
const emailEditsView = object({
	days: int(),
	n: int(),
	unchanged: int(),
	medianKept: nullable(number$2())
});
const analyzeBody = object({ requestId: uuid() });
const analysisView = discriminatedUnion("state", [object({
	state: literal("working"),
	pollMs: int()
}), object({
	state: literal("understood"),
	insight
})]);
// shared/contracts/risk.ts
const riskCode = _enum([
	"no_activity",
	"ghosted",
	"overdue",
	"not_enough_contacts",
	"no_power",
	"pricing_not_mentioned",
	"red_flag",
	"stalled_in_stage",
	"no_next_step",
	"competitor_late",
	"champion_silent",
	"sentiment_drop",
	"single_threaded"
]);
const riskState = _enum([
	"proposed",
	"confirmed",
	"dismissed",
	"over"
]);
const dismissReason = _enum([
	"wrong",
	"harmless",
	"handled",
	"known"
]);
const precision = object({
	code: riskCode,
	decided: int(),
	right: int(),
	precision: nullable(number$2()),
	isMuted: boolean()
});
const riskEvidence = extend(evidence, { callId: string() });
const riskView = object({
	id: string(),
	code: riskCode,
	text: string(),
	severity: _enum([
		"low",
		"medium",
		"high"
	]),
	confidence: number$2(),
	isDeterministic: boolean(),
	evidence: array(riskEvidence),
	state: riskState,
	since: string(),
	decidedBy: optional(string()),
	reason: optional(dismissReason)
});
const healthSignal = object({
	key: string(),
	text: string(),
	weight: number$2()
});
const dealHealth = discriminatedUnion("state", [object({
	state: literal("known"),
	percentile: int(),
	plus: array(healthSignal),
	minus: array(healthSignal),
	won: int(),
	lost: int()
}), object({
	state: literal("thin"),
	why: string(),
	won: int(),
	lost: int()
})]);
const risksView = object({
	record: recordRef,
	risks: array(riskView),
	health: dealHealth,
	unknown: array(riskCode),
	precision: array(precision)
});
const decideRiskBody = object({
	requestId: uuid(),
	reason: optional(dismissReason)
});
const decidedRisk = object({
	id: string(),
	state: riskState,
	reason: optional(dismissReason)
});
// shared/contracts/gates.ts
const gateId = _enum([
	"identifyPain",
	"champion",
	"metrics",
	"economicBuyer",
	"decisionProcess",
	"paperProcess"
]);
const liveGate = object({
	id: gateId,
	name: string(),
	state: _enum([
		"open",
		"met",
		"newly-met"
	]),
	ask: optional(string()),
	isAsked: optional(boolean()),
	quote: optional(string()),
	role: optional(role),
	atMs: optional(number$2())
});
const liveRisk = object({
	code: riskCode,
	text: string(),
	severity: riskView.shape.severity,
	confidence: number$2(),
	isNew: boolean(),
	quote: optional(string()),
	atMs: optional(number$2())
});
const dealGates = object({
	stage: nullable(string()),
	gates: array(liveGate),
	risks: array(liveRisk),
	next: nullable(object({
		gateId,
		line: string(),
		ask: string()
	}))
});
// shared/contracts/usage.ts
const money = number$2().check(_nonnegative());
const prices = object({
	liveMinute: money,
	batchMinute: money,
	whisperMinute: money,
	tokensIn: money,
	tokensOut: money,
	tokensCached: money,
	tokensWritten: money
});
const pricesSaid = partial(prices);
const budget$1 = {
	speechMinutes: nullable(int().check(_nonnegative(), _lte(1e7))),
	modelUsd: nullable(money.check(_lte(1e6)))
};
const budgetView = object(budget$1);
const budgetBody = object({
	requestId: uuid(),
	...budget$1
});
const spendState = _enum([
	"open",
	"near",
	"over"
]);
const share = {
	share: number$2(),
	state: spendState
};
const usageView = object({
	month: string(),
	speech: object({
		live: number$2(),
		batch: number$2(),
		whisper: number$2(),
		minutes: number$2(),
		usd: number$2(),
		capMinutes: number$2(),
		forecastMinutes: number$2(),
		...share
	}),
	model: object({
		tokensIn: number$2(),
		tokensOut: number$2(),
		tokensCached: number$2(),
		usd: number$2(),
		capUsd: number$2(),
		forecastUsd: number$2(),
		...share
	}),
	usd: number$2(),
	forecastUsd: number$2(),
	pricesAsOf: string(),
	notices: array(object({
		at: string(),
		said: string()
	}))
});
const callSpend = object({
	speechSeconds: number$2(),
	usd: optional(number$2())
});
// shared/contracts/whisper.ts
const whisper = object({
	id: string(),
	from: string(),
	text: string(),
	atMs: number$2()
});
const watcher = object({
	name: string(),
	sees: _enum(["alerts", "cards"])
});
const liveHelp = object({
	watchedBy: array(watcher),
	whisper: nullable(whisper)
});
const watcherWords = ({ watchedBy }) => watchedBy.map(({ name, sees }) => sees === "cards" ? `Your team lead ${name} can see this call’s cards.` : `Your team lead ${name} can see that this call runs, and its alerts.`);
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
	"refused",
	"expired"
]);
const guidanceCard = object({
	id: string(),
	playId: string(),
	kind: playKind,
	headline: string(),
	say: string(),
	ask: optional(string()),
	why: object({
		quote: string(),
		role,
		startMs: number$2(),
		endMs: number$2(),
		rule: string(),
		turn: optional(int())
	}),
	confidence: number$2(),
	score: optional(number$2()),
	times: optional(int()),
	pinned: optional(boolean())
});
const feedbackAction = _enum([
	"used",
	"dismissed",
	"snoozed",
	"pinned",
	"unpinned",
	"less",
	"muted",
	"never",
	"why",
	"undone"
]);
const quiet = _enum([
	"off",
	"critical",
	"full"
]);
const pastCard = object({
	card: guidanceCard,
	state: _enum([
		"replaced",
		"collapsed",
		"used",
		"dismissed",
		"snoozed",
		"pinned",
		"less",
		"muted",
		"never"
	]),
	atMs: number$2()
});
const liveLine = object({
	role,
	turn: int(),
	text: string(),
	final: boolean(),
	speaker: optional(string()),
	isGuess: optional(boolean())
});
const said$1 = object({
	quote: string(),
	role,
	startMs: number$2()
});
const liveStep = object({
	id: string(),
	name: string(),
	stage: string(),
	done: boolean(),
	evid: optional(said$1),
	byHand: optional(boolean())
});
const liveFill = object({
	id: string(),
	name: string(),
	field: string(),
	value: string(),
	evid: said$1
});
const checklist = object({
	points: array(liveStep),
	fills: array(liveFill)
});
const liveMark = object({
	id: string(),
	atMs: number$2(),
	role: optional(role),
	turn: optional(int())
});
const hearing = _enum([
	"listening",
	"behind",
	"away"
]);
const windowKeys = object({
	resume: string(),
	back: optional(string())
});
const guidanceDown = discriminatedUnion("type", [
	object({
		type: literal("hello"),
		seq: int(),
		version: int(),
		callId: string(),
		consent,
		card: nullable(guidanceCard),
		lines: optional(array(liveLine)),
		elapsedMs: optional(number$2()),
		talkShareRep: optional(nullable(number$2())),
		quiet: optional(quiet),
		past: optional(array(pastCard)),
		checklist: optional(checklist),
		gates: optional(dealGates),
		customerName: optional(string()),
		marks: optional(array(liveMark)),
		hearing: optional(hearing),
		spend: optional(callSpend),
		unguided: optional(string()),
		ended: optional(boolean()),
		window: optional(windowKeys),
		help: optional(liveHelp)
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
		cardId: string(),
		because: optional(_enum([
			"words",
			"time",
			"rep"
		]))
	}),
	object({
		type: literal("quiet"),
		seq: int(),
		quiet
	}),
	object({
		type: literal("past"),
		seq: int(),
		past: array(pastCard)
	}),
	object({
		type: literal("step"),
		seq: int(),
		step: liveStep
	}),
	object({
		type: literal("fill"),
		seq: int(),
		fill: liveFill
	}),
	object({
		type: literal("mark"),
		seq: int(),
		mark: liveMark
	}),
	object({
		type: literal("gates"),
		seq: int(),
		gates: dealGates
	}),
	object({
		type: literal("answer"),
		requestId: string(),
		answer: callAnswer
	}),
	object({
		type: literal("moment"),
		playId: string(),
		kind: optional(playKind),
		turn: int(),
		evid: said$1
	}),
	object({
		type: literal("stat"),
		talkShareRep: nullable(number$2()),
		monologueMs: number$2(),
		wordsPerMinute: nullable(number$2()),
		spend: optional(callSpend),
		unguided: optional(string())
	}),
	object({
		type: literal("health"),
		speech: hearing,
		lagMs: number$2()
	}),
	object({
		type: literal("whisper"),
		...whisper.shape
	}),
	object({
		type: literal("whisper-gone"),
		id: string()
	}),
	object({
		type: literal("watched"),
		by: array(watcher)
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
		consent: _enum(["granted", "refused"]),
		takesBack: optional(boolean())
	}),
	object({
		type: literal("quiet"),
		quiet
	}),
	object({
		type: literal("step"),
		id: string(),
		done: boolean()
	}),
	object({
		type: literal("pong"),
		cardId: string(),
		paintedMs: number$2()
	}),
	object({
		type: literal("mark"),
		id: uuid()
	}),
	object({
		type: literal("ask"),
		requestId: uuid(),
		question: callQuestion
	})
]);
// shared/contracts/generate.ts
const generateBody = object({
	callId: optional(uuid()),
	transcript: optional(array(object({
		role,
		text: string().check(_minLength(1), _maxLength(2e3)),
		startMs: optional(number$2().check(_gte(0), _lte(864e5)))
	})).check(_minLength(1), _maxLength(400)))
});
const generatedView = object({
	card: nullable(guidanceCard),
	by: _enum(["rules", "model"]),
	gates: optional(dealGates)
});
// shared/contracts/guidance-rules.ts
const ruleMetrics = object({
	ruleId: string(),
	name: string(),
	topic: string(),
	fired: int(),
	shown: int(),
	used: int(),
	dismissed: int(),
	ignored: int(),
	retracted: int(),
	actedOn: int(),
	overrideRate: nullable(number$2()),
	speechToScreenMs: nullable(object({
		p50: number$2(),
		p95: number$2()
	})),
	asideSince: nullable(string())
});
const guidanceRulesView = object({
	rules: array(ruleMetrics),
	notices: array(object({
		ruleId: string(),
		text: string(),
		at: string()
	}))
});
const restoreRuleBody = object({ requestId: uuid() });
const restoreRuleView = object({ ruleId: string() });
const myGuidanceView = object({
	quiet,
	never: array(object({
		ruleId: string(),
		name: string()
	})),
	rules: optional(array(ruleMetrics))
});
const myGuidanceBody = object({
	requestId: uuid(),
	quiet,
	never: array(string().check(_minLength(1), _maxLength(40))).check(_maxLength(500))
});
// shared/contracts/guidance-words.ts
const ENOUGH = 20;
const isThin = ({ shown }) => shown < ENOUGH;
const sayShare = (part, rule) => isThin(rule) ? String(part) : `${part} (${Math.round(part / rule.shown * 100)} %)`;
const sayDelay = (ms) => ms == null ? "–" : `${(ms / 1e3).toFixed(1)} s`;
const MONTHS = [
	"Jan",
	"Feb",
	"Mar",
	"Apr",
	"May",
	"Jun",
	"Jul",
	"Aug",
	"Sep",
	"Oct",
	"Nov",
	"Dec"
];
function sayFill({ field, value }) {
	if (field === "money" || field === "seats") return value.replace(/\d+/, (digits) => Number(digits).toLocaleString("en-US"));
	const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value) ?? [];
	const name = MONTHS[Number(month) - 1];
	return field === "date" && name ? `${name} ${Number(day)}, ${year}` : value;
}
// shared/contracts/intro.ts
const introPerson = object({
	key: string().check(_regex(/^(user|contact|lead)\/[A-Za-z0-9]{1,32}$/)),
	name: string()
});
const introCite = object({
	text: string(),
	source: string()
});
const introState = _enum([
	"draft",
	"requested",
	"accepted",
	"declined",
	"expired",
	"forwarded",
	"replied",
	"meeting",
	"opportunity",
	"won",
	"lost",
	"withdrawn"
]);
const introVerb = _enum([
	"withdraw",
	"remind",
	"forwarded",
	"replied",
	"meeting",
	"opportunity",
	"won",
	"lost"
]);
const introView = object({
	id: uuid(),
	version: int(),
	state: introState,
	record: recordRef,
	repName: string(),
	people: array(introPerson),
	connector: string(),
	target: string(),
	subject: string(),
	body: string(),
	cites: array(introCite),
	trail: array(object({
		what: string(),
		by: _enum([
			"rep",
			"connector",
			"clock"
		]),
		at: string()
	})),
	verbs: array(union([introVerb, literal("approve")])),
	isReminderDue: boolean(),
	createdAt: string()
});
const introsView = object({
	mine: array(introView),
	asked: array(introView)
});
const introBody = object({
	requestId: uuid(),
	people: array(introPerson.shape.key).check(_minLength(2), _maxLength(4)),
	about: optional(string().check(_maxLength(200)))
});
const approveIntroBody = object({
	requestId: uuid(),
	version: int(),
	subject: string().check(_minLength(1), _maxLength(200)),
	body: string().check(_minLength(1), _maxLength(8e3))
});
const introVerbBody = object({
	requestId: uuid(),
	version: int()
});
const personBody = object({ requestId: uuid() });
const connectionsBody = object({
	requestId: uuid(),
	csv: string().check(_maxLength(9e5))
});
const connectionsView = object({
	rows: int(),
	matched: array(object({
		name: string(),
		by: _enum(["email", "name"])
	})),
	unknown: int(),
	ambiguous: int(),
	blocked: int(),
	unreadable: array(int())
});
// shared/contracts/microphone.ts
const microphoneAsk = object({
	hears: _enum(["rep", "everyone"]),
	origin: string().check(_regex(/^https?:\/\/[a-z0-9.-]{1,200}(:\d{1,5})?$/))
});
const microphoneTicket = object({
	url: string(),
	token: string()
});
const listenUp = discriminatedUnion("type", [
	object({ type: literal("here") }),
	object({
		type: literal("consent"),
		consent: _enum(["granted", "refused"])
	}),
	object({ type: literal("stop") })
]);
const listenDown = discriminatedUnion("type", [
	object({
		type: literal("hello"),
		nextSeq: int(),
		elapsedMs: number$2(),
		consent,
		resume: string()
	}),
	object({
		type: literal("consent"),
		consent
	}),
	object({
		type: literal("ack"),
		nextSeq: int()
	}),
	object({ type: literal("ended") })
]);
const listenOver = {
	ended: 4404,
	tooLong: 4408,
	takenOver: 4409
};
const CHUNK_HEAD_BYTES = 12;
const CHUNK_MAX_BYTES = 16384;
function encodeChunk({ seq, isBeginning, beganAtMs, bytes }) {
	const message = new Uint8Array(12 + bytes.length);
	const head = new DataView(message.buffer);
	message.set([
		1,
		2,
		isBeginning ? 1 : 0,
		0
	]);
	head.setUint32(4, seq);
	head.setUint32(8, beganAtMs);
	message.set(bytes, 12);
	return message;
}
// shared/contracts/listen.ts
const listenBody = object({
	requestId: uuid(),
	microphone: optional(microphoneAsk)
});
const listenView = object({
	callId: string(),
	url: string(),
	expiresAt: string(),
	microphone: optional(microphoneTicket)
});
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
		"zoom",
		"teams",
		"browser",
		"salesforce",
		"upload",
		"webhook"
	]),
	repName: string(),
	customerName: string(),
	startedAt: string(),
	durationMs: number$2(),
	isPrivate: boolean(),
	trouble: optional(string()),
	missed: optional(missedWhy)
});
const meetingAt = optional(string());
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
		after: int(),
		meetingAt
	}),
	object({
		state: literal("clear"),
		line: string(),
		lastCallId: optional(string()),
		meetingAt
	})
]);
const liveView = discriminatedUnion("state", [
	object({
		state: literal("same"),
		seq: int(),
		pollMs: int(),
		spend: optional(callSpend),
		unguided: optional(string()),
		help: optional(liveHelp)
	}),
	object({
		state: literal("live"),
		seq: int(),
		pollMs: int(),
		callId: string(),
		elapsedMs: number$2(),
		customerName: string(),
		consent,
		card: nullable(guidanceCard),
		past: optional(array(pastCard)),
		quiet: optional(quiet),
		lines: array(liveLine),
		talkShareRep: nullable(number$2()),
		checklist: optional(checklist),
		gates: optional(dealGates),
		spend: optional(callSpend),
		unguided: optional(string()),
		help: optional(liveHelp)
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
	trust: number$2(),
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
const speakersAsk = object({
	text: string(),
	options: array(object({
		rep: string(),
		label: string(),
		quote: string()
	}))
});
const speakersBody = object({
	requestId: uuid(),
	rep: string().check(_minLength(1), _maxLength(200))
});
const speakersView = object({
	callId: string(),
	speakers: array(object({
		speaker: string(),
		role
	}))
});
const conversationView = object({
	call: callBrief,
	insight: nullable(insight),
	changes: array(changeItem),
	strip: array(object({
		role,
		startMs: number$2(),
		endMs: number$2(),
		speaker: optional(string())
	})),
	askSpeakers: optional(speakersAsk),
	people: array(personView),
	facts: array(factView),
	flagged: optional(array(object({
		id: string(),
		atMs: number$2(),
		evidence: optional(evidence)
	}))),
	speechToScreen: optional(object({
		cards: int(),
		p50Ms: number$2(),
		p95Ms: number$2()
	}))
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
	consent: _enum([
		"granted",
		"refused",
		"joined"
	]),
	takesBack: optional(boolean())
});
const feedbackBody = object({
	requestId: uuid(),
	cardId: string().check(_maxLength(80)),
	action: feedbackAction
});
const quietBody = object({
	requestId: uuid(),
	quiet
});
const stepBody = object({
	requestId: uuid(),
	id: string().check(_minLength(1), _maxLength(40)),
	done: boolean()
});
const ticketView = object({
	url: string(),
	token: string(),
	expiresAt: string()
});
const windowView = object({
	url: string(),
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
		perSecond: number$2(),
		tokens: number$2(),
		restsUntil: optional(string()),
		api: optional(object({
			used: number$2(),
			max: number$2()
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
const shadowField = object({
	object: recordRef.shape.object,
	field: string(),
	label: string(),
	matched: int(),
	differed: int(),
	nothing: int(),
	open: int(),
	n: int(),
	accuracy: nullable(number$2())
});
const shadowView = object({ fields: array(shadowField) });
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
// shared/contracts/memory.ts
const cited = extend(evidence, {
	callId: string(),
	at: string()
});
const searchHit = object({
	callId: string(),
	record: nullable(recordRef),
	customerName: string(),
	repName: string(),
	at: string(),
	seq: int(),
	role,
	speaker: string(),
	quote: string(),
	startMs: number$2(),
	endMs: number$2(),
	score: number$2()
});
const searchView = object({
	hits: array(searchHit),
	isPartial: boolean()
});
const callListView = object({
	calls: array(callBrief),
	next: nullable(string())
});
const touchpoint = object({
	id: string(),
	kind: _enum([
		"call",
		"meeting",
		"email",
		"slack",
		"note",
		"task"
	]),
	at: string(),
	direction: optional(_enum(["inbound", "outbound"])),
	title: string(),
	text: optional(string()),
	people: array(string()),
	callId: nullable(string())
});
const memoryFact = object({
	kind: string(),
	text: string(),
	first: optional(cited),
	last: cited,
	times: int(),
	strength: number$2()
});
const contradiction = object({
	about: string(),
	text: string(),
	sayings: array(object({
		text: string(),
		said: cited
	}))
});
const customerMemory = object({
	record: recordRef,
	company: nullable(string()),
	timeline: object({
		items: array(touchpoint),
		next: nullable(string())
	}),
	facts: array(memoryFact),
	contradictions: array(contradiction),
	painPoints: array(string()),
	goals: array(string()),
	concerns: array(string()),
	purchaseTimeline: nullable(string()),
	budget: object({
		mentioned: boolean(),
		range: optional(string())
	}),
	competitors: array(string()),
	internalStakeholders: array(object({
		name: string(),
		role: optional(string())
	})),
	lastTouched: nullable(string()),
	sentiment: nullable(_enum([
		"positive",
		"neutral",
		"negative"
	])),
	sentimentTrend: nullable(object({
		direction: _enum([
			"rising",
			"steady",
			"falling"
		]),
		why: string(),
		calls: array(object({
			callId: string(),
			at: string(),
			sentiment: number$2()
		}))
	})),
	engagement: nullable(object({
		score: int(),
		why: array(object({
			points: int(),
			text: string()
		}))
	})),
	recommendedNextStep: nullable(object({
		action: _enum([
			"call",
			"email",
			"meeting",
			"proposal"
		]),
		timing: _enum([
			"today",
			"this-week",
			"this-month"
		]),
		context: string(),
		because: optional(cited)
	}))
});
const askCustomerBody = object({
	requestId: uuid(),
	question: string().check(_minLength(2), _maxLength(300)),
	object: optional(recordRef.shape.object)
});
const customerAnswer = object({
	known: boolean(),
	answer: string(),
	by: _enum([
		"memory",
		"search",
		"model"
	]),
	sources: array(cited)
});
// shared/contracts/paths.ts
const tier = _enum([
	"strong",
	"warm",
	"weak",
	"dormant"
]);
const nextStep$1 = _enum([
	"ask",
	"warm_first",
	"go_direct"
]);
const pathHop = object({
	from: string(),
	to: string(),
	tier,
	trust: nullable(number$2()),
	freshness: _enum([
		"active",
		"cooling",
		"dormant"
	]),
	chips: array(string()),
	isWeakest: boolean()
});
const warmPath = object({
	rank: int(),
	tier,
	score: number$2(),
	introducer: string(),
	teammate: string(),
	target: string(),
	hops: array(pathHop),
	people: array(introPerson),
	next: nextStep$1,
	why: string()
});
const pathsView = object({
	asOf: string(),
	verdict: _enum([
		"warm",
		"weak",
		"none"
	]),
	message: string(),
	paths: array(warmPath),
	next: nextStep$1
});
// shared/contracts/phone.ts
const number = string().check(_regex(/^\+[1-9]\d{6,14}$/));
const typedNumber = string().check(_minLength(3), _maxLength(40));
const phonePhase = _enum([
	"asked",
	"ringing-rep",
	"ringing-customer",
	"talking",
	"ended",
	"failed"
]);
const phoneCall = object({
	callId: string(),
	direction: _enum(["out", "in"]),
	phase: phonePhase,
	name: string(),
	about: nullable(string()),
	number: string(),
	ourNumber: string(),
	record: nullable(recordRef),
	startedAt: string(),
	talkingAt: nullable(string()),
	why: nullable(string())
});
const dialBody = object({
	requestId: uuid(),
	number: typedNumber
});
const dialView = discriminatedUnion("state", [object({
	state: literal("needs-phone"),
	line: string()
}), object({
	state: literal("call"),
	call: phoneCall
})]);
const ringingView = discriminatedUnion("state", [
	object({
		state: literal("same"),
		seq: int(),
		pollMs: int()
	}),
	object({
		state: literal("none"),
		seq: int(),
		pollMs: int()
	}),
	object({
		state: literal("call"),
		seq: int(),
		pollMs: int(),
		call: phoneCall
	})
]);
const numbersView = object({
	canCall: boolean(),
	myPhone: nullable(number),
	numbers: array(object({
		name: string(),
		number,
		label: string()
	}))
});
const myPhoneBody = object({
	requestId: uuid(),
	number: typedNumber
});
const myPhoneView = object({ number });
const callingCodeView = object({
	code: string(),
	expiresAt: string()
});
const callingSessionBody = object({ code: string().check(_maxLength(40)) });
const callingSessionView = object({
	token: string(),
	expiresAt: string()
});
// shared/contracts/playbook.ts
const text = (what, most) => string({ error: `${what} is missing.` }).check(_trim(), _minLength(1, { error: `${what} is empty.` }), _maxLength(most, { error: `${what} is longer than ${most} letters.` }));
const count = (what, least, most) => {
	const error = `${what} is a whole number from ${least} to ${most}.`;
	return int({ error }).check(_gte(least, { error }), _lte(most, { error }));
};
const list = (what, one, least, most) => array(one, { error: `${what} is a list.` }).check(_minLength(least, { error: `${what} is empty.` }), _maxLength(most, { error: `${what} holds more than ${most}.` }));
const oneOf = (what, words) => _enum(words, { error: `${what} is one of: ${words.join(", ")}.` });
const said = oneOf("Who says it", [
	"rep",
	"customer",
	"anyone"
]);
const phrase = text("A phrase", 120);
const spoken = {
	phrases: list("The list of phrases", phrase, 1, 200),
	said,
	relatedForms: _default(boolean({ error: "Related forms are on or off." }), true)
};
const field = text("The name of a field", 80);
const value = union([text("A value", 200), number$2()], { error: "A value is a text or a number." });
const recordCheck = discriminatedUnion("is", [
	object({
		field,
		is: literal("eq"),
		value
	}),
	object({
		field,
		is: literal("in"),
		values: list("The list of values", value, 1, 50)
	}),
	object({
		field,
		is: literal("lt"),
		value
	}),
	object({
		field,
		is: literal("gt"),
		value
	}),
	object({
		field,
		is: literal("empty")
	})
], { error: "A condition is one of: eq, in, lt, gt, empty." });
const slotKind = oneOf("What is filled in", [
	"money",
	"date",
	"phone",
	"email",
	"seats"
]);
const momentRule = discriminatedUnion("is", [
	object({
		is: literal("phrase"),
		...spoken,
		asQuestion: _default(boolean({ error: "Said as a question is on or off." }), false),
		not: _default(list("The list of words that take it back", phrase, 0, 100), [])
	}),
	object({
		is: literal("not-said"),
		...spoken,
		bySeconds: optional(count("The time by which it is said", 10, 14400)),
		byStage: optional(text("The stage by which it is said", 60))
	}).check(refine((rule) => rule.bySeconds === void 0 !== (rule.byStage === void 0), { error: "Say by when: either a time or a stage of the checklist." })),
	object({
		is: literal("monologue"),
		overSeconds: count("A monologue", 30, 1800)
	}),
	object({
		is: literal("pace"),
		overWordsPerMinute: count("The pace", 140, 400)
	}),
	object({
		is: literal("interruptions"),
		over: count("The number of interruptions", 1, 30)
	}),
	object({
		is: literal("silence"),
		overSeconds: count("A silence", 4, 600)
	}),
	object({
		is: literal("talk-share"),
		lowPercent: count("The lower end", 0, 95),
		highPercent: count("The upper end", 5, 100)
	}).check(refine(({ lowPercent, highPercent }) => highPercent - lowPercent >= 5 && highPercent - lowPercent < 100, { error: "The upper end of the talk share is at least 5 above the lower one, and the band is not everything." })),
	object({
		is: literal("elapsed"),
		afterSeconds: count("The time of the call", 10, 14400)
	}),
	object({
		is: literal("record"),
		where: list("The list of conditions", recordCheck, 1, 10)
	}),
	object({
		is: literal("step"),
		...spoken,
		stage: text("The stage", 60)
	}),
	object({
		is: literal("slot"),
		slot: slotKind,
		said,
		near: _default(list("The list of phrases", phrase, 0, 50), [])
	})
], { error: "A rule is one of: phrase, not-said, monologue, pace, interruptions, silence, talk-share, elapsed, record, step, slot." });
const moment = object({
	id: string({ error: "A moment has an id." }).check(_regex(/^[a-z0-9][a-z0-9-]{0,23}$/, { error: "An id is up to 24 small letters, digits and dashes." })),
	name: text("The name", 80),
	kind: playKind,
	headline: text("The headline", 60),
	say: text("The advice", 140),
	rule: momentRule,
	enabled: _default(boolean({ error: "Enabled is yes or no." }), false),
	stages: _default(list("The list of stages", text("A stage", 120), 0, 50), []),
	when: _default(list("The list of conditions", recordCheck, 0, 10), []),
	cooldownSeconds: _default(count("The pause between two", 1, 3600), 60),
	oncePerCall: _default(boolean({ error: "Once per call is yes or no." }), true),
	maxPerCall: _default(count("The most per call", 1, 20), 1),
	priority: _default(count("The priority", 0, 1e3), 50),
	compliance: _default(boolean({ error: "Compliance is yes or no." }), false)
});
const rep$1 = text("A rep", 200);
const assignment = object({
	everyone: boolean({ error: "For everyone is yes or no." }),
	teams: _default(list("The list of teams", object({
		name: text("The name of a team", 80),
		reps: list("The list of reps", rep$1, 0, 200)
	}), 0, 50), []),
	reps: _default(list("The list of reps", rep$1, 0, 500), [])
});
const packId = oneOf("A pack", [
	"core",
	"sdr-discovery",
	"demo",
	"negotiation",
	"renewal"
]);
const book = {
	name: text("The name of the playbook", 80),
	enabled: boolean({ error: "Enabled is yes or no." }),
	packs: list("The list of packs", packId, 0, 10),
	moments: list("The list of moments", moment, 0, 500),
	assigned: assignment
};
const playbook = object(book);
const playbookBody = object({
	requestId: uuid(),
	id: optional(uuid()),
	version: optional(int().check(_gte(1))),
	...book
}).check(refine(({ id, version }) => id === void 0 === (version === void 0), {
	error: "Say which version it was made from.",
	path: ["version"]
}));
const savedPlaybook = object({
	id: string(),
	version: int(),
	...book,
	savedBy: string(),
	savedAt: string(),
	ties: optional(array(string()))
});
const playbooksView = object({
	playbooks: array(savedPlaybook),
	packs: array(object({
		id: packId,
		name: string(),
		said: string(),
		moments: int()
	}))
});
const playbookVersionsView = object({ versions: array(object({
	version: int(),
	name: string(),
	moments: int(),
	savedBy: string(),
	savedAt: string()
})) });
const importBody = object({
	requestId: uuid(),
	text: string({ error: "Paste the text, or the content of the file." }).check(_minLength(1, { error: "Paste the text, or the content of the file." }), _maxLength(5e5, { error: "That is too much at once: 500,000 letters at most." }))
});
const importView = object({
	moments: array(moment),
	refused: array(object({
		line: int(),
		text: string(),
		why: string()
	})),
	said: string()
});
const previewBody = object({
	requestId: uuid(),
	moment
});
const previewView = object({
	said: string(),
	fired: int(),
	callsWith: int(),
	calls: int(),
	examples: array(object({
		callId: string(),
		startedAt: string(),
		quote: string(),
		speaker: string(),
		role,
		startMs: number$2()
	}))
});
// shared/contracts/team.ts
const rep = string().check(_trim(), _minLength(1), _maxLength(200));
const name = string().check(_trim(), _minLength(1), _maxLength(80));
const teamHelp = {
	isOn: boolean(),
	teams: array(object({
		name,
		leads: array(object({
			rep,
			name
		})).check(_minLength(1), _maxLength(20)),
		reps: array(rep).check(_maxLength(200))
	})).check(_maxLength(50))
};
const teamHelpView = object(teamHelp);
const teamHelpBody = object({
	requestId: uuid(),
	...teamHelp
});
const alertKind = _enum([
	"compliance",
	"negative",
	"customer-silent",
	"monologue",
	"price",
	"competitor",
	"behind"
]);
const liveAlert = object({
	kind: alertKind,
	said: string(),
	sinceMs: optional(number$2())
});
const helpCall = object({
	callId: string(),
	repName: string(),
	customerName: string(),
	record: nullable(recordRef),
	startedAt: string(),
	consent,
	alerts: array(liveAlert)
});
const teamLiveView = object({
	isOn: boolean(),
	pollMs: int(),
	calls: array(helpCall),
	isMore: boolean(),
	said: optional(string())
});
const helpCard = object({
	id: string(),
	kind: playKind,
	headline: string(),
	say: string()
});
const helpedCallView = object({
	pollMs: int(),
	call: helpCall,
	card: nullable(helpCard),
	past: array(object({
		...helpCard.shape,
		state: string(),
		atMs: number$2()
	})),
	points: array(object({
		name: string(),
		stage: string(),
		done: boolean()
	}))
});
const whisperBody = object({
	requestId: uuid(),
	text: string().check(_trim(), _minLength(1), _maxLength(200))
});
const whisperView = object({
	callId: string(),
	atMs: number$2()
});
const teamPageView = object({
	url: string(),
	expiresAt: string()
});
const teamSessionBody = object({ ticket: string().check(_minLength(20), _maxLength(200)) });
const teamSessionView = object({
	token: string(),
	expiresAt: string()
});
// shared/contracts/team-words.ts
const teamWords = {
	title: "Help on live calls",
	label: "Who may help on whose calls",
	help: "One team a line, as “North: Jordan Blake <jordan@ours.example> > sam@ours.example, lena@ours.example”. Whoever leads sees that these calls run and may whisper to the rep, who reads their name while they look. Private calls stay private. Leave it empty and nobody does.",
	send: "Save who may help",
	saved: "Saved. It counts at once.",
	live: "Live now",
	liveHelp: "If you lead a team: its running calls, and which of them may want help.",
	open: "Open “Live now”",
	go: "Go to “Live now”",
	gotIt: "Got it"
};
const SHAPE = "Write a team as “North: Jordan Blake <jordan@ours.example> > sam@ours.example, lena@ours.example”.";
const writeTeams = ({ teams }) => teams.map(writeTeam).join("\n");
const writeTeam = ({ name, leads, reps }) => `${name}: ${leads.map((lead) => `${lead.name} <${lead.rep}>`).join(", ")} > ${reps.join(", ")}`;
function readTeams(text) {
	const teams = [];
	for (const line of text.split("\n").map((one) => one.trim())) {
		if (line === "") continue;
		const team = readTeam(line);
		if (!team) return { wrong: `“${line.slice(0, 60)}” is no team. ${SHAPE}` };
		teams.push(team);
	}
	return { teams };
}
function readTeam(line) {
	const [, name = "", led = "", helped = ""] = /^([^:>]+):(.*?(?:<[^>]*>[^<>]*?)?)>([^<>]*)$/.exec(line) ?? [];
	const leads = listed(led).map(readLead);
	if (name.trim() === "" || leads.length === 0 || leads.includes(null)) return null;
	return {
		name: name.trim(),
		leads: leads.filter((lead) => lead !== null),
		reps: listed(helped)
	};
}
function readLead(said) {
	const [, name = "", rep = ""] = /^([^<>]*)<([^<>]+)>$/.exec(said) ?? [];
	if (rep !== "") return {
		rep: rep.trim(),
		name: name.trim() || rep.trim()
	};
	return /[<>]/.test(said) ? null : {
		rep: said,
		name: said
	};
}
const listed = (text) => text.split(",").map((one) => one.trim()).filter((one) => one !== "");
// shared/contracts/tenant.ts
const host = _enum(["hubspot", "salesforce"]);
const provider = _enum([
	"hubspot",
	"salesforce",
	"twilio",
	"zoom",
	"graph",
	"webhook"
]);
const sharing = _enum([
	"owner",
	"team",
	"everyone"
]);
// shared/contracts/usage-words.ts
const sayUsd = (usd) => `$${usd.toLocaleString("en-US", {
	minimumFractionDigits: 2,
	maximumFractionDigits: 2
})}`;
const sayMinutes = (minutes) => Math.round(minutes).toLocaleString("en-US");
function readBudget(minutes, usd) {
	const [speechMinutes, modelUsd] = [readCap(minutes), readCap(usd)];
	if (speechMinutes === void 0 || modelUsd === void 0) return void 0;
	return {
		speechMinutes: speechMinutes === null ? null : Math.round(speechMinutes),
		modelUsd
	};
}
const writeBudget = ({ speechMinutes, modelUsd }) => ({
	minutes: speechMinutes === null ? "" : String(speechMinutes),
	usd: modelUsd === null ? "" : String(modelUsd)
});
function readCap(text) {
	const bare = text.replace(/[\s$]/g, "").replace(/,(?=\d{3}(?:\D|$))/g, "");
	if (bare === "") return null;
	return /^\d{1,8}(?:\.\d{1,4})?$/.test(bare) ? Number(bare) : void 0;
}
// shared/contracts/version.ts
const CONTRACTS_VERSION = 6;
export { CHUNK_HEAD_BYTES, CHUNK_MAX_BYTES, CONTRACTS_VERSION, addNote, addTask, alertKind, analysisView, analyzeBody, answer, approveIntroBody, ask, askCallBody, askCustomerBody, assignment, authority, autoUpdateBody, bant, briefLine, briefSource, briefView, budget, budgetBody, budgetView, buyingType, callAdherenceView, callAnswer, callBrief, callListView, callQuestion, callSpend, callingCodeView, callingSessionBody, callingSessionView, captureSource, changeBody, changeItem, changeState, changesView, checklist, cited, commitment, connectBody, connectView, connectionsBody, connectionsView, consent, consentBody, consentRule, consentSettingsBody, consentSettingsView, contradiction, conversationView, coverageView, createTaskBody, crmWrite, customerAnswer, customerMemory, dealGates, dealHealth, decideBody, decideRiskBody, decidedRisk, destroyView, dialBody, dialView, disconnectView, dismissReason, draftAskBody, draftEmail, element, emailDraftView, emailEditsView, emailFact, emailLanguage, emailTone, emailToneBody, emailToneView, encodeChunk, evidence, factView, feedbackAction, feedbackBody, fieldMode, fieldName, fieldValues, gateId, generateBody, generatedView, guidanceCard, guidanceDown, guidanceRulesView, guidanceUp, healthSignal, healthView, hearing, helpCall, helpedCallView, host, importBody, importView, influence, insight, intent, introBody, introCite, introPerson, introState, introVerb, introVerbBody, introView, introsView, isThin, listenBody, listenDown, listenOver, listenUp, listenView, liveAlert, liveFill, liveGate, liveHelp, liveLine, liveMark, liveRisk, liveStep, liveView, logCall, meddpicc, memoryFact, methodology, metrics, microphoneAsk, microphoneTicket, missedWhy, moment, momentRule, moveStage, myGuidanceBody, myGuidanceView, myPhoneBody, myPhoneView, need, neverRecordBody, neverRecordView, nextStep, nextView, numbersView, objectionType, ownWordsBody, ownWordsView, owner, packId, parkedWhy, pastCard, pathHop, pathsView, person, personBody, personView, phoneCall, phonePhase, places, playKind, playbook, playbookAdherenceView, playbookBody, playbookVersionsView, playbooksView, policiesBody, policiesView, policy, precision, pressBody, previewBody, previewView, prices, pricesSaid, privateBody, privateView, provider, question, quiet, quietBody, readBudget, readNeverRecord, readOwnWords, readTeams, recordCheck, recordConversation, recordId, recordObject, recordRef, refusal, removeActivity, restoreRuleBody, restoreRuleView, ringingView, riskCode, riskEvidence, riskState, riskView, risksView, role, ruleMetrics, savedPlaybook, sayDelay, sayFill, sayMinutes, sayShare, sayUsd, searchHit, searchView, setField, shadowField, shadowSaw, shadowView, sharing, slotKind, sourcesView, speaker, speakersAsk, speakersBody, speakersView, spendState, spiced, stage, stepBody, syncDealBody, teamHelpBody, teamHelpView, teamLiveView, teamPageView, teamSessionBody, teamSessionView, teamWords, threadMessage, ticketView, timeline, touchpoint, turningPoint, undoView, uploadBody, uploadView, usageView, utterance, warmPath, watcher, watcherWords, whisper, whisperBody, whisperView, windowView, word, writeBudget, writeNeverRecord, writeOwnWords, writeTeams, writtenView };
