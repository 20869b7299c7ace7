/** Lines of a customer, each as a recogniser with smart formatting would write it, and a part of it that a person might quote. */
const lines: readonly (readonly [string, string])[] = [
  ['Right. We plan around sixty licences for the spring, I believe.', 'We plan around sixty licences for the spring'],
  ["We've got about $25,000 set aside for the first year.", "We've got about $25,000 set aside"],
  [
    "Our finance lead wants the figures at the end of each month, and that's not going to change.",
    'Our finance lead wants the figures at the end of each month',
  ],
  ["It's the hand-over between sales and support that hurts us most.", 'the hand-over between sales and support that hurts us most'],
  ['We looked at Zendara in March, and it was slower than what we have.', 'We looked at Zendara in March'],
  [
    "I don't have the last word on anything above ten thousand dollars.",
    "I don't have the last word on anything above ten thousand dollars",
  ],
  ['Can you send me the security questionnaire by Thursday?', 'Can you send me the security questionnaire by Thursday?'],
  ['Twenty-five people on the floor use it every day, and forty more on their phones.', 'Twenty-five people on the floor use it every day'],
  ["We're paying forty-two dollars a seat today, which is too much.", "We're paying forty-two dollars a seat today"],
  ['The contract with the old vendor runs out on June 30th.', 'The contract with the old vendor runs out on June 30th'],
  ["We can't start before the audit is over, that's in the second week of May.", "We can't start before the audit is over"],
  ['Petra from purchasing has to sign off on everything we buy.', 'Petra from purchasing has to sign off on everything we buy'],
  ["What we'd need is single sign-on and an audit log.", "What we'd need is single sign-on and an audit log"],
  ['About 12% of our calls are never logged at all.', 'About 12% of our calls are never logged at all'],
  ["Let's meet again on Tuesday at 10:30, same room.", "Let's meet again on Tuesday at 10:30"],
  ['My team spends two and a half hours a day typing notes.', 'My team spends two and a half hours a day typing notes'],
  ['The data has to stay in Europe, our lawyers are strict about that.', 'The data has to stay in Europe'],
  ["I'd like to see how it looks on the phone of a driver.", "I'd like to see how it looks on the phone of a driver"],
  ['We lost a big customer because nobody followed up on a promise.', 'We lost a big customer because nobody followed up on a promise'],
  ["You're the third vendor we talk to this month.", "You're the third vendor we talk to this month"],
  ['The rollout took nine months last time, and people hated it.', 'The rollout took nine months last time, and people hated it'],
  ["There's no budget line for this in Q3, but there is one in Q4.", "There's no budget line for this in Q3"],
  ['We have 1.5 million contacts in HubSpot, and half of them are dead.', 'We have 1.5 million contacts in HubSpot'],
  ['Omar runs the warehouse side; he was burned by the last project.', 'Omar runs the warehouse side'],
  ['I think the annual plan makes sense for us.', 'I think the annual plan makes sense for us'],
  [
    'It has to work off-line, because the vans lose signal all the time.',
    'It has to work off-line, because the vans lose signal all the time',
  ],
  ["They won't give us a discount, so we're open to leaving.", "They won't give us a discount, so we're open to leaving"],
  ["Who else in our industry's using this?", "Who else in our industry's using this?"],
  ['The board meets on the first Monday of the month.', 'The board meets on the first Monday of the month'],
  ['We close the books by the 5th, and then we can talk.', 'We close the books by the 5th, and then we can talk'],
  ["Honestly, the demo was great, and Ana's team wants it now.", "the demo was great, and Ana's team wants it now"],
  [
    'Between us, the old tool cost three hundred and sixty thousand over three years.',
    'the old tool cost three hundred and sixty thousand over three years',
  ],
  ["We haven't told our current vendor that we're looking.", "We haven't told our current vendor that we're looking"],
  ['I can sign up to fifteen thousand myself.', 'I can sign up to fifteen thousand myself'],
  ['Send it to me and to Dana; she decides with me.', 'Send it to me and to Dana'],
  ['The setup fee is the part that I do not like.', 'The setup fee is the part that I do not like'],
  ["We'll organise a pilot with two teams in the autumn.", "We'll organise a pilot with two teams in the autumn"],
  ['Nobody on my team wants another dashboard.', 'Nobody on my team wants another dashboard'],
  ["Okay, so let's do the thirty-day trial, and then we'll see.", "let's do the thirty-day trial"],
  ['Our churn went from 4% to 7% in a year.', 'Our churn went from 4% to 7% in a year'],
  ['You said it takes two weeks; our last vendor said the same.', 'our last vendor said the same'],
  ['We use Salesforce for everything, so it must write back there.', 'We use Salesforce for everything'],
];

/** One line in the other ways it is written: what the transcript has, what the quote has. */
const written: Record<string, (line: string, quote: string) => [string, string]> = {
  'as it is': (line, quote) => [line, quote],
  'without capitals and signs in the quote': (line, quote) => [line, bare(quote)],
  'without capitals and signs in the transcript': (line, quote) => [bare(line), quote],
  'with curly quotes': (line, quote) => [line, quote.replaceAll("'", '\u2019')],
  'with fillers in the transcript': (line, quote) => [filled(line), quote],
  'with contractions spelled out': (line, quote) => [line, spelled(quote)],
  'with a long dash and hyphens': (line, quote) => [line.replaceAll('-', '\u2010'), quote.replaceAll('-', ' ')],
  'in capitals': (line, quote) => [line, quote.toUpperCase()],
  'stuttered, without signs': (line, quote) => [stuttered(bare(line)), quote],
};

const bare = (text: string): string =>
  text
    .toLowerCase()
    .replace(/(?<!\d)[.,;?!]|[.,;?!](?!\d)/g, '')
    .replaceAll('-', ' ');
const filled = (text: string): string =>
  text
    .split(' ')
    .flatMap((word, at) => (at % 4 === 2 ? [FILLERS[at % FILLERS.length] ?? 'um', word] : [word]))
    .join(' ');
const FILLERS = ['um,', 'uh', 'you know,', 'like', 'er,', 'I mean,'];
const stuttered = (text: string): string =>
  text
    .split(' ')
    .flatMap((word, at) => (at === 3 || at === 6 ? [word, word] : [word]))
    .join(' ');
const spelled = (text: string): string =>
  text
    .replace(/\b(we|I|you|they)'ve\b/gi, '$1 have')
    .replace(/\b(we|you|they)'re\b/gi, '$1 are')
    .replace(/\b(it|that|there|what)'s\b/gi, '$1 is')
    .replace(/\bwon't\b/gi, 'will not')
    .replace(/\bcan't\b/gi, 'cannot')
    .replace(/n't\b/gi, ' not')
    .replace(/'ll\b/gi, ' will')
    .replace(/'d\b/gi, ' would');

/** One thing said in two forms: `[transcript, quote]`. */
const forms: readonly (readonly [string, string])[] = [
  ['above eighteen thousand it goes to the board', 'Above $18,000 it goes to the board'],
  ['Above $18,000 it goes to the board.', 'above eighteen thousand dollars it goes to the board'],
  ['we have twenty five thousand five hundred left', 'We have $25,500 left'],
  ['We have $25.5k left.', 'we have twenty five thousand five hundred left'],
  ['it is two hundred and fifty seats in all', 'It is 250 seats in all'],
  ['it is two hundred fifty seats in all', 'it is two hundred and fifty seats in all'],
  ['we made one point five million last year', 'We made $1.5 million last year'],
  ['We made $1.5M last year.', 'we made one point five million dollars last year'],
  ['about five percent of them churn', 'about 5% of them churn'],
  ['About 5 per cent of them churn.', 'about five percent of them churn'],
  ['it is point five percent', 'it is point five percent'],
  ['we meet on the third of march', 'We meet on the 3rd of March'],
  ['We meet on March 3rd.', 'we meet on March 3'],
  ['we meet march third at ten thirty', 'We meet March 3rd at 10:30'],
  ['We meet at 10:00 AM on Friday.', 'we meet at ten am on friday'],
  ['we meet at ten o clock on friday', 'we meet at ten o clock on friday'],
  ["We meet at ten o'clock on Friday.", 'We meet at 10 on Friday'],
  ['we need twenty to thirty seats', 'We need 20-30 seats'],
  ['We need 20–30 seats.', 'we need twenty to thirty seats'],
  ['call me at four one five five five five one two three four', 'Call me at 415-555-1234'],
  ['we signed in twenty twenty four', 'We signed in 2024'],
  ['it costs nineteen ninety five a month over there', 'it costs 1995 a month over there'],
  ['half a million people see it', '500,000 people see it'],
  ['we lose two and a half million a year', 'We lose 2.5 million a year'],
  ['we budget fifty grand for it', 'We budget 50k for it'],
  ['We budget 50K for it.', 'we budget fifty thousand for it'],
  ['it closes in q three', 'It closes in Q3'],
  ['a hundred and twenty vans are on the road', '120 vans are on the road'],
  ['We have one hundred twenty vans on the road.', 'we have 120 vans on the road'],
  ['it is fifty cents a call', 'It is $0.50 a call'],
  ['it is two dollars and fifty cents a call', 'it is $2.50 a call'],
  ['The twenty-first works for us.', 'the 21st works for us'],
  ['we are the twenty first store to get it', 'We are the 21st store to get it'],
  ['We are in 3 of the 4 regions.', 'we are in three of the four regions'],
  ['one year is fine for us', '1 year is fine for us'],
  ['The on-boarding was slow for everyone.', 'The onboarding was slow for everyone'],
  ['the on boarding was slow for everyone', 'The on-boarding was slow for everyone'],
  ['the roll out takes four weeks with them', 'The rollout takes four weeks with them'],
  ['We need an e-mail when it breaks.', 'We need an email when it breaks'],
  ['we write it all back to hub spot', 'We write it all back to HubSpot'],
  ['are you SOC two compliant', 'Are you SOC 2 compliant?'],
  ['Are you SOC2 compliant?', 'are you SOC 2 compliant'],
  ['Our U.S. team is the bigger one.', 'our US team is the bigger one'],
  ['we analyse every call at the centre', 'We analyze every call at the center'],
  ['The licence fee is fine by me.', 'The license fee is fine by me'],
  ['the colour of it is not the problem', 'The color of it is not the problem'],
  ['were gonna need more seats in may', "We're going to need more seats in May"],
  ['dont send it to legal yet', "Don't send it to legal yet"],
  ['i cant sign that myself', "I can't sign that myself"],
  ['its their call not mine', "It's their call, not mine"],
  ['well start with the small team', "We'll start with the small team"],
  ["That's fine 'cause we planned for it.", "That's fine because we planned for it"],
  ['Yeah, we want that.', 'Yes, we want that'],
  ['we, uh, we want, we want that for the whole team', 'we want that for the whole team'],
  ['Our finance lead wants the figures about the end of each month.', 'our finance lead wants the figures around the end of each month'],
  ['We will start with the Boston team in the spring.', 'We will start with Boston team in the spring'],
  ['Send me the contract and I will look at it tonight.', 'send me a contract and I will look at it tonight'],
  ['No. We have the sign-off for spring.', 'We have the sign-off for spring'],
  ['No problem, we have the sign-off for spring.', 'we have the sign-off for spring'],
  ['It is not cheap, but we like it a lot.', 'we like it a lot'],
  ['We do not use it much. The team wants something new.', 'The team wants something new'],
  ['Mr. Lee runs purchasing over there.', 'Mr Lee runs purchasing over there'],
  ['\u201cDone\u201d is what we want to hear by May.', '"Done" is what we want to hear by May'],
  ['We need it \u2026 by the end of May.', 'We need it by the end of May'],
  ['ＷＥ need ５０ seats by May.', 'We need 50 seats by May'],
  ['We need\u200b fifty\u00a0seats by May.', 'We need fifty seats by May'],
  ['We love it \u{1f600} and want it by May.', 'We love it and want it by May'],
  ['Das caf\u00e9 team is in.', 'das cafe\u0301 team is in'],
  ["The renewal's on the fourteenth of September.", 'the renewal is on the 14th of September'],
  ['Tomás told me he wants SOC 2 first.', 'Tomas told me he wants SOC2 first'],
  ["I'm the one who decides on tools.", 'I am the one who decides on tools'],
  ['We should have done it a year ago.', 'we should have done it a year ago'],
  ['the first one was better than the second one', 'The first one was better than the second one'],
  ['My people say that it saves them an hour a day.', 'My people say that it saves them an hour a day'],
];

/** Kind → `[what the customer said, the quote]`. */
export const right: Record<string, readonly (readonly [string, string])[]> = {
  ...Object.fromEntries(Object.entries(written).map(([kind, write]) => [kind, lines.map(([line, quote]) => write(line, quote))])),
  'in another form': forms,
};
