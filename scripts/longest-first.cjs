/** A fresh clone has no memory of how long each file took: what takes long by its nature begins first, so that none is left alone at the end. */
const { default: Sequencer } = require('@jest/test-sequencer');

const long = [/tests.fault/, /tests.dialogue/, /tests.(property|security|quotas)/, /tests.(contract|browser|delivery)/];
const rank = ({ path }) => (long.findIndex((each) => each.test(path)) + long.length + 1) % (long.length + 1);

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((a, b) => rank(a) - rank(b));
  }
};
