// Generated from shared/contracts by `npm run contracts`. Do not edit.
import { C as _minLength, E as _trim, S as _maxLength, T as _regex, _ as union, a as discriminatedUnion, b as _length, c as literal, d as object, f as optional, g as string, h as refine, i as boolean, l as nullable, m as record, n as _enum, o as extend, p as partial, r as array, s as int, t as _default, u as number$2, v as uuid, w as _nonnegative, x as _lte, y as _gte } from "./zod.js";
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
	"muted",
	"never",
	"why"
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
	evid: said$1
});
const liveFill = object({
	id: string(),
	name: string(),
	field: string(),
	value: string(),
	evid: said$1
});
const checklist = object({
	points: array(object({
		id: string(),
		name: string(),
		stage: string(),
		done: boolean(),
		evid: optional(said$1)
	})),
	fills: array(liveFill)
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
		checklist: optional(checklist)
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
		speech: _enum([
			"listening",
			"behind",
			"away"
		]),
		lagMs: number$2()
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
		type: literal("pong"),
		cardId: string(),
		paintedMs: number$2()
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
	by: _enum(["rules", "model"])
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
	}))
});
const myGuidanceBody = object({
	requestId: uuid(),
	quiet,
	never: array(string().check(_minLength(1), _maxLength(40))).check(_maxLength(500))
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
const rep = text("A rep", 200);
const assignment = object({
	everyone: boolean({ error: "For everyone is yes or no." }),
	teams: _default(list("The list of teams", object({
		name: text("The name of a team", 80),
		reps: list("The list of reps", rep, 0, 200)
	}), 0, 50), []),
	reps: _default(list("The list of reps", rep, 0, 500), [])
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
	savedAt: string()
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
		pollMs: int(),
		spend: optional(callSpend),
		unguided: optional(string())
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
		spend: optional(callSpend),
		unguided: optional(string())
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
export { CHUNK_HEAD_BYTES, CHUNK_MAX_BYTES, CONTRACTS_VERSION, addNote, addTask, analysisView, analyzeBody, answer, ask, assignment, authority, autoUpdateBody, bant, budget, budgetBody, budgetView, buyingType, callBrief, callSpend, callingCodeView, callingSessionBody, callingSessionView, captureSource, changeBody, changeItem, changeState, changesView, checklist, commitment, connectBody, connectView, consent, consentBody, consentRule, consentSettingsBody, consentSettingsView, conversationView, coverageView, createTaskBody, crmWrite, dealHealth, decideBody, decideRiskBody, decidedRisk, destroyView, dialBody, dialView, disconnectView, dismissReason, draftAskBody, draftEmail, element, emailDraftView, emailEditsView, emailFact, emailLanguage, emailTone, emailToneBody, emailToneView, encodeChunk, evidence, factView, feedbackAction, feedbackBody, fieldMode, fieldName, fieldValues, generateBody, generatedView, guidanceCard, guidanceDown, guidanceRulesView, guidanceUp, healthSignal, healthView, host, importBody, importView, influence, insight, intent, listenBody, listenDown, listenOver, listenUp, listenView, liveFill, liveLine, liveStep, liveView, logCall, meddpicc, methodology, metrics, microphoneAsk, microphoneTicket, missedWhy, moment, momentRule, moveStage, myGuidanceBody, myGuidanceView, myPhoneBody, myPhoneView, need, neverRecordBody, neverRecordView, nextStep, nextView, numbersView, objectionType, ownWordsBody, ownWordsView, owner, packId, parkedWhy, pastCard, pathHop, pathsView, person, personView, phoneCall, phonePhase, places, playKind, playbook, playbookBody, playbookVersionsView, playbooksView, policiesBody, policiesView, policy, precision, pressBody, previewBody, previewView, prices, pricesSaid, privateBody, privateView, provider, question, quiet, quietBody, readBudget, readNeverRecord, readOwnWords, recordCheck, recordConversation, recordId, recordObject, recordRef, refusal, removeActivity, restoreRuleBody, restoreRuleView, ringingView, riskCode, riskEvidence, riskState, riskView, risksView, role, ruleMetrics, savedPlaybook, sayMinutes, sayUsd, setField, shadowField, shadowSaw, shadowView, sharing, slotKind, sourcesView, speaker, speakersAsk, speakersBody, speakersView, spendState, spiced, stage, syncDealBody, threadMessage, ticketView, timeline, turningPoint, undoView, uploadBody, uploadView, usageView, utterance, warmPath, word, writeBudget, writeNeverRecord, writeOwnWords, writtenView };
