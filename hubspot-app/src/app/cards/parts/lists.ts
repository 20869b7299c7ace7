import { neverRecordView, ownWordsView, readNeverRecord, readOwnWords, writeNeverRecord, writeOwnWords } from '@ros/contracts';

/** Whom nobody hears. */
export const neverRecord = {
  name: 'never-record',
  path: '/v1/settings/never-record',
  schema: neverRecordView,
  read: readNeverRecord,
  write: writeNeverRecord,
  words: {
    title: 'Never record',
    loading: 'Reading whom nobody hears',
    label: 'Whom nobody hears',
    help: 'One a line: a company’s domain, a number (+4930* for all that begin so), a rep’s address, or a word in a meeting’s title.',
    send: 'Save the list',
  },
};

/** Names that are heard right because we were told them. */
export const ownWords = {
  name: 'own-words',
  path: '/v1/settings/words',
  schema: ownWordsView,
  read: readOwnWords,
  write: writeOwnWords,
  words: {
    title: 'Names to know',
    loading: 'Reading your names',
    label: 'What you sell',
    help: 'One a line. Names of your customers and competitors are known already.',
    send: 'Save the names',
  },
};
