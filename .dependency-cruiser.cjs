// Who may know whom (ARCHITECTURE.md, "Rooms"). A rule here is a promise; change both together.
const io = '^node:(fs|net|http|https|child_process|dgram|tls|os)|node_modules/(koa|@koa|mongoose|mongodb|ioredis|bullmq|undici|lmdb)';
const features = 'organisation|contacts|activities|quotas|demands|opinions|venues|reports';
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    rule('no-cycles', 'A cycle hides who decides.', {}, { circular: true }),
    rule('rules-are-pure', 'rules.ts decides and touches nothing.', { path: '^src/[^/]+/rules(\\.ts|/)' }, { path: io }),
    rule(
      'reader-is-pure',
      'The reader is a function of text, today and context.',
      { path: '^src/chat/reader/' },
      { path: `${io}|^src/(?!chat/reader/|foundation/)` },
    ),
    rule(
      'transports-carry',
      'Transports know delivery and foundation only.',
      { path: '^src/transports/' },
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
      'A feature knows another only through its service.',
      { path: `^src/(${features})/` },
      { path: `^src/(${features})/(?!service\\.ts)`, pathNot: '^src/$1/' },
    ),
    rule(
      'features-know-little',
      'A feature knows foundation, chat types and other features.',
      { path: `^src/(${features})/` },
      { path: '^(src/(transports|delivery|web|simulator|embedded|demo)/|jobs/|config/)' },
    ),
    rule(
      'web-knows-services',
      'A page asks services; of the transports it knows how people sign in and how a body is read.',
      { path: '^src/web/' },
      { path: '^(src/(transports/(?!sign-in-way|body)|delivery/|simulator/|embedded/|demo/|cli/|[^/]+/store\\.ts)|jobs/|config/)' },
    ),
    rule(
      'jobs-know-services',
      'Jobs call services, delivery and foundation.',
      { path: '^jobs/' },
      { path: '^src/(transports|web|simulator|embedded|chat/(?!texts|command))|^src/[^/]+/store\\.ts|^config/' },
    ),
    rule(
      'simulator-knows-the-wire',
      'The simulator plays the platform; it sees nothing of the inside.',
      { path: '^src/simulator/' },
      { path: '^(src/(?!simulator/|foundation/)|jobs/|config/)' },
    ),
    rule(
      'embedded-stands-alone',
      'Nothing outside main, the bench and the embedded room knows the built-in store, and it knows nobody.',
      { path: '^src/embedded/' },
      { path: '^(src/(?!embedded/|foundation/)|jobs/|config/)' },
    ),
    rule(
      'nobody-knows-embedded',
      'The application speaks to any MongoDB.',
      { path: '^(src|jobs)/', pathNot: '^src/(embedded/|main\\.ts|cli/)' },
      { path: '^src/embedded/' },
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
