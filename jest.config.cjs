/** Tests find Redis and MongoDB through REDIS_URL and MONGODB_URI; scripts/test.mjs provides both. */
module.exports = {
  testMatch: ['<rootDir>/tests/**/*.test.{ts,tsx}'],
  testEnvironment: 'node',
  transform: {
    '\\.yaml$': '<rootDir>/scripts/yaml-for-jest.cjs',
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', tsx: true },
          target: 'es2023',
          transform: { react: { runtime: 'automatic', importSource: 'preact' } },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  moduleNameMapper: { '^\\./read-data$': '<rootDir>/tests/helpers/read-data.ts' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.stryker-tmp/'],
  maxWorkers: 2,
  testSequencer: '<rootDir>/scripts/longest-first.cjs',
  // A test that hangs is found; one on a slow machine beside others is waited for.
  testTimeout: 300_000,
  reporters: ['default', '<rootDir>/scripts/last-line-reporter.cjs'],
};
