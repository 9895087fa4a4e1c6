// A worker made to be killed (tests/helpers/dying-worker.ts): the real outbox over the real store, compiled on the way in. It
// delivers what is due and kills itself at the moment it is told: before a call, after it, or when its outcome has been
// written down.
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

function senderOf({ moment, url, call = 1, sparing = false, lines = false }) {
  let calls = 0;
  return {
    repeatSafeMs: 0,
    sparing: async () => sparing,
    parts: ({ text }) => (lines ? text.split(/(?<=\n)/) : [text]),
    send: async ({ text }) => {
      calls += 1;
      if (moment === 'before the call' && calls === call) die();
      await fetch(url, { method: 'POST', body: JSON.stringify({ text }) });
      if (moment === 'after the call' && calls === call) die();
      return { kind: 'sent', platformId: 'm1' };
    },
  };
}

async function work(order) {
  const { mongodbUri, now, moment, call = 1, body } = order;
  const clock = new ShiftableClock();
  clock.moveTo(new Date(now));
  const store = new MongoOutboxStore(await connectMongo(mongodbUri));
  const settle = store.settle.bind(store);
  let outcomes = 0;
  store.settle = async (row, change) => {
    const settled = await settle(row, change);
    if (change.state === 'sent' || change.partsSent) outcomes += 1;
    if (moment === 'after the outcome' && outcomes === call) die();
    return settled;
  };
  const senders = { dingtalk: senderOf(order) };
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
