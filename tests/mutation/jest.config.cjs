/** The tests whose strength the mutation score measures: the tables of numbers and dates (properties differ from run to run). */
const house = require('../../jest.config.cjs');

module.exports = {
  ...house,
  rootDir: '../..',
  testMatch: ['<rootDir>/tests/reader/{dates,dates-at-the-edge,numbers}.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  reporters: ['default'],
};
