// Who may know whom (ARCHITECTURE.md, "Rooms"). A rule here is a promise; change both together.
const io = '^node:(fs|net|http|https|child_process|dgram|tls|os)|node_modules/(koa|@koa|mongoose|mongodb|ioredis|bullmq|undici|lmdb)';
const features = 'organisation|contacts|activities|quotas|demands|feedback|opinions|reports|todo|undelivered';
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    rule('no-cycles', 'A cycle hides who decides.', {}, { circular: true }),
    rule('rules-are-pure', 'rules.ts decides and touches nothing.', { path: '^src/[^/]+/rules(\\.ts|/)' }, { path: io }),
    rule(
      'reader-is-pure',
      'The reader is a function of text, today and context.',
      { path: '^src/reader/' },
      { path: `${io}|^src/(?!reader/|foundation/)` },
    ),
    rule(
      'readings-are-pure',
      'What can be said to a feature is declared with the reader and nothing else, so that reading a line loads no database.',
      { path: '^src/([^/]+)/readings(\\.ts|/)' },
      { path: `${io}|^(src|jobs|config)/`, pathNot: '^src/(reader/|$1/readings|foundation/(day|mask)\\.ts|organisation/may)' },
    ),
    rule(
      'one-list-of-readings',
      'readings.ts lists the pure halves of the features.',
      { path: '^src/readings\\.ts$' },
      { path: '^(src|jobs|config)/', pathNot: '^src/(reader/|[^/]+/readings|declared\\.ts|organisation/may\\.ts)' },
    ),
    rule(
      'transports-carry',
      'Transports know delivery and foundation only; from-settings.ts and platforms.ts read the settings they are handed.',
      { path: '^src/transports/', pathNot: '(from-settings|platforms)\\.ts$' },
      { path: '^(src/(?!transports/|delivery/|foundation/)|jobs/|config/)' },
    ),
    rule(
      'delivery-knows-no-feature',
      'Delivery keeps and sends; it decides nothing.',
      { path: '^src/delivery/' },
      { path: '^(src/(?!delivery/|foundation/)|jobs/|config/)' },
    ),
    rule(
      'foundation-is-the-ground',
      'Foundation knows nobody.',
      { path: '^src/foundation/' },
      { path: '^(src/(?!foundation/)|jobs/|config/)' },
    ),
    rule(
      'features-meet-at-services',
      "A feature knows another only through its service; rights (organisation/may) are everybody's.",
      { path: `^src/(${features})/` },
      { path: `^src/(${features})/(?!service\\.ts)`, pathNot: '^src/($1/|organisation/may\\.ts)' },
    ),
    rule(
      'features-know-little',
      'A feature knows foundation, chat types and other features; its declaration alone knows its jobs.',
      { path: `^src/(${features})/(?!feature\\.ts)` },
      { path: '^(src/(transports|delivery|console|demo)/|jobs/|config/)' },
    ),
    rule(
      'declarations-know-their-own',
      'feature.ts is opened by features.ts only, and knows its own files, its jobs and other services.',
      { path: '^(src|jobs)/', pathNot: '^src/features\\.ts' },
      { path: '^src/[^/]+/feature\\.ts' },
    ),
    rule(
      'console-knows-services',
      'A page asks services; of the transports it knows how people sign in and how a body is read.',
      { path: '^src/console/' },
      { path: '^(src/(transports/(?!sign-in-way|body)|delivery/|demo/|cli/|[^/]+/store\\.ts)|jobs/|config/)' },
    ),
    rule(
      'jobs-know-services',
      'Jobs call services, delivery and foundation.',
      { path: '^jobs/' },
      { path: '^src/(transports|console|chat/(?!texts|command))|^src/[^/]+/store\\.ts|^config/' },
    ),
    rule(
      'packages-stand-alone',
      'A package knows nothing of the mission, nor another package.',
      { path: '^packages/([^/]+)/' },
      { path: '^(src|jobs|config|packages)/', pathNot: '^packages/$1/' },
    ),
    rule(
      'nobody-knows-packages',
      'The application speaks to any MongoDB and to the real platforms; the command line brings the packages along.',
      { path: '^(src|jobs|config)/', pathNot: '^src/(main\\.ts|cli/)' },
      { path: '^packages/' },
    ),
    rule(
      'one-reader-of-settings',
      'Only the entries read the configuration.',
      { path: '^(src|jobs)/', pathNot: '^src/(main\\.ts|cli/)' },
      { path: '^config/load' },
    ),
    rule(
      'one-composition-root',
      'Only the entries import app.ts.',
      { path: '^(src|jobs)/', pathNot: '^src/(main\\.ts|cli/)' },
      { path: '^src/app\\.ts' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.json'] },
  },
};
