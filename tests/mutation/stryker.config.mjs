// How strong the tests of the number and date grammars are (a score of at least 80 %). Run by name, it takes some minutes:
//   npx stryker run tests/mutation/stryker.config.mjs
/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: ['calendar', 'date-atoms', 'date-grammar', 'date-starts', 'festivals', 'numbers', 'periods', 'small-number', 'time-of-day'].map(
    (name) => `src/reader/${name}.ts`,
  ),
  testRunner: 'jest',
  jest: { configFile: 'tests/mutation/jest.config.cjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  checkers: [],
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false },
  jsonReporter: { fileName: 'reports/mutation/reader.json' },
  concurrency: 1,
  thresholds: { high: 90, low: 80, break: 80 },
  tempDirName: '.stryker-tmp',
  // Only what the grammars need is copied.
  ignorePatterns: [
    '*',
    '!src/reader/**',
    '!config/**',
    '!tests/reader/**',
    '!tests/mutation/**',
    '!package.json',
    '!jest.config.cjs',
    '!tsconfig*.json',
    '!src/foundation/**',
    '!scripts/last-line-reporter.cjs',
    '!scripts/longest-first.cjs',
  ],
};
