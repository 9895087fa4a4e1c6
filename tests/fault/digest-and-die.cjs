// A worker of tests/fault/digest-crash.test.ts, made to be killed: the real outbox over the real store, compiled on the way
// in. It delivers what is due and kills itself at the moment it is told: before the call, after it, or when the first row's
// outcome has been written down.
const { transformFileSync } = require('@swc/core');

require.extensions['.ts'] = (module, file) =>
  module._compile(
    transformFileSync(file, { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'commonjs' } }).code,
    file,
  );
const { DurableOutbox } = require('../../src/delivery/outbox');
const { MongoOutboxStore } = require('../../src/delivery/outbox-store');
const { ShiftableClock } = require('../../src/foundation/clock');
const { createLogger } = require('../../src/foundation/logger');
const { connectMongo } = require('../../src/foundation/mongo');

const die = () => process.kill(process.pid, 'SIGKILL');

function senderOf(moment, url) {
  return {
    repeatSafeMs: 0,
    sparing: async () => true,
    send: async ({ text }) => {
      if (moment === 'before the call') die();
      await fetch(url, { method: 'POST', body: JSON.stringify({ text }) });
      if (moment === 'after the call') die();
      return { kind: 'sent', platformId: 'm1' };
    },
  };
}

async function work({ mongodbUri, url, now, moment, body }) {
  const clock = new ShiftableClock();
  clock.moveTo(new Date(now));
  const store = new MongoOutboxStore(await connectMongo(mongodbUri));
  const settle = store.settle.bind(store);
  store.settle = async (row, change) => {
    const settled = await settle(row, change);
    if (moment === 'after the first outcome' && change.state === 'sent') die();
    return settled;
  };
  const senders = { dingtalk: senderOf(moment, url) };
  const logger = createLogger('silent');
  await new DurableOutbox({ store, senders, rechecks: {}, ring: () => undefined, clock, logger }).deliverDue(body);
  process.send('done');
}

process.once('message', (order) => {
  work(order).catch((error) => {
    console.error(error);
    process.exit(1);
  });
});
