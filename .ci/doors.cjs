// Who may open which door. `npm run doors` checks it, docs/map.md draws it, edge/doors.test.ts proves that it bites.
const rooms = ['capture', 'understand', 'guide', 'act', 'remember', 'relate'];
const edgeRooms = [...rooms, 'tenants'];
const twins = ['hubspot', 'salesforce', 'deepgram', 'twilio', 'zoom', 'graph', 'anthropic', 'postgres'];
const others = (room) => edgeRooms.filter((name) => name !== room).join('|');
const later = (room) => rooms.slice(rooms.indexOf(room) + 1).join('|');
const testFile = '\\.(test|contract)\\.tsx?$';
// Packages the pure rooms may lean on; each is pure itself.
const purePackages = '^node_modules/(zod|chrono-node)/';
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    forbid('no-circles', 'Two files that need each other are one thought.', {}, { circular: true }),
    forbid(
      'shared-knows-no-platform',
      'shared/ runs in a card, in a Lightning component and in the Worker alike.',
      { path: '^shared/', pathNot: testFile },
      { pathNot: ['^shared/', purePackages] },
    ),
    forbid(
      'contracts-know-only-the-kit',
      'Contracts are what everybody agrees on; they cannot lean on anybody’s rules.',
      { path: '^shared/contracts/', pathNot: testFile },
      { path: '^shared/', pathNot: '^shared/(contracts|kit)/' },
    ),
    forbid(
      'the-kit-knows-nobody',
      'The kit is words; it has no business.',
      { path: '^shared/kit/', pathNot: testFile },
      { path: '^shared/', pathNot: '^shared/kit/' },
    ),
    forbid(
      'ports-are-types',
      'A port that leans on a room is no port.',
      { path: '^edge/ports/', pathNot: testFile },
      { pathNot: ['^shared/', '^edge/ports/'] },
    ),
    forbid(
      'vendors-know-only-their-port',
      'A vendor that reads another one cannot be replaced.',
      { path: '^edge/vendors/([^/]+)/', pathNot: testFile },
      { path: '^(edge|sandbox)/', pathNot: ['^edge/ports/', '^edge/vendors/$1/'] },
    ),
    forbid(
      'only-compose-picks-vendors',
      'Production differs from the sandbox by configuration only: one file names vendors.',
      { path: '^edge/', pathNot: ['^edge/compose\\.ts$', '^edge/vendors/', testFile] },
      { path: '^edge/vendors/' },
    ),
    forbid(
      'only-the-worker-composes',
      'One composition root.',
      { path: '^edge/', pathNot: ['^edge/worker\\.ts$', testFile] },
      { path: '^edge/compose\\.ts$' },
    ),
    forbid(
      'rooms-are-joined-in-one-place',
      'Rooms are joined in one place.',
      { path: '^edge/', pathNot: ['^edge/join-rooms\\.ts$', '^edge/wire/'] },
      { path: '^edge/wire/' },
    ),
    forbid(
      'sql-stays-in-stores',
      'Each room owns its SQL; a query elsewhere would run without its tenant.',
      { path: '^edge/', pathNot: ['/(store|tables)\\.ts$', '^edge/db/', testFile] },
      { path: '^node_modules/(drizzle-orm|@neondatabase)/' },
    ),
    forbid(
      'sdks-stay-with-vendors',
      'A vendor’s types stop at its own folder.',
      // HubSpot's calling window speaks HubSpot's own protocol, in a browser.
      { path: '^(edge|shared)/', pathNot: ['^edge/vendors/', '^edge/pages/calling/host\\.ts$', testFile] },
      { path: '^node_modules/(@hubspot|jsforce|@deepgram|@anthropic-ai|@evan|twilio)/' },
    ),
    forbid(
      'cards-read-contracts-only',
      'HubSpot builds the card alone: nothing outside its own folder exists there.',
      { path: '^hubspot-app/', pathNot: testFile },
      { path: '^(edge|shared|sandbox)/', pathNot: '^shared/contracts/' },
    ),
    forbid(
      'the-listening-page-knows-only-shared',
      'It runs in a rep’s browser: what it shares with the Worker is what both can run.',
      { path: '^edge/pages/', pathNot: testFile },
      { pathNot: ['^edge/pages/', '^shared/', '^node_modules/(zod|@hubspot/calling-extensions-sdk)/'] },
    ),
    forbid(
      'twins-share-nothing-with-the-product',
      'A twin that shares code with the adapter proves nothing about the vendor.',
      { path: `^sandbox/(${twins.join('|')})/`, pathNot: testFile },
      // Mu-law and frame sizes are the telephone network's, not ours.
      { path: '^(edge|shared)/', pathNot: '^shared/capture/(mulaw|frames|interleave)\\.ts$' },
    ),
    forbid(
      'the-sandbox-speaks-only-protocols',
      'The sandbox drives the Worker from outside, as the world does.',
      // The evaluation measures the product's own way to the model, where no door of the Worker's stands before it.
      { path: '^sandbox/', pathNot: [testFile, '^sandbox/eval/model\\.ts$'] },
      { path: '^edge/' },
    ),
    forbid(
      'the-product-knows-no-sandbox',
      'The sandbox is never in the bundle.',
      { path: '^(edge|shared)/', pathNot: testFile },
      { path: '^sandbox/' },
    ),
    ...edgeRooms.map((room) =>
      forbid(
        `${room}-keeps-its-door`,
        'Rooms meet by a job or by a function handed over in edge/wire.',
        { path: `^edge/${room}/`, pathNot: testFile },
        { path: `^edge/(${others(room)}|wire)/` },
      ),
    ),
    ...rooms
      .slice(0, -1)
      .map((room) =>
        forbid(
          `${room}-never-looks-ahead`,
          'A call goes through the rooms in one direction.',
          { path: `^shared/${room}/`, pathNot: testFile },
          { path: `^shared/(${later(room)})/` },
        ),
      ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^hubspot-app/src/app/packages/', '\\.d\\.ts$'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default'], extensions: ['.ts', '.tsx', '.js'] },
  },
};
