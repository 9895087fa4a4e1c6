// A worker of tests/quotas/reminders-crash.test.ts, made to be killed: the real application, compiled on the way in. Told
// where everything is and what time it is, it plans, says so and waits for its end; or delivers, and is killed when WeCom has
// taken the third message, before that is written down.
const { transformFileSync } = require('@swc/core');

const jsc = {
  parser: { syntax: 'typescript', tsx: true },
  target: 'es2023',
  transform: { react: { runtime: 'automatic', importSource: 'preact' } },
};
const compile = (module, file) => module._compile(transformFileSync(file, { jsc, module: { type: 'commonjs' } }).code, file);
require.extensions['.ts'] = compile;
require.extensions['.tsx'] = compile;
const { loadSettings } = require('../../config/load');
const { startHouse } = require('../../src/cli/house');
const { ShiftableClock } = require('../../src/foundation/clock');
const { createLogger } = require('../../src/foundation/logger');

function killAfter(messages, { sender }) {
  const send = sender.send.bind(sender);
  let sent = 0;
  sender.send = async (message) => {
    const outcome = await send(message);
    sent += 1;
    if (sent === messages) process.kill(process.pid, 'SIGKILL');
    return outcome;
  };
}

async function work({ settings, mongodbUri, redisUrl, now, task, body }) {
  const clock = new ShiftableClock();
  clock.moveTo(new Date(now));
  const house = await startHouse({
    settings: loadSettings(settings),
    mongodbUri,
    redisUrl,
    clock,
    logger: createLogger('silent'),
    role: 'none',
  });
  process.send('ready');
  const planning = house.app.jobs.find(({ definition }) => definition.name === 'plan-reminders');
  killAfter(3, house.app.bodies.all[0].platforms.wecom);
  await (task === 'plan' ? planning.run({ body, occasion: 'test' }) : house.app.outbox.deliverDue(body));
  process.send('done');
}

process.once('message', (order) => {
  work(order).catch((error) => {
    console.error(error);
    process.exit(1);
  });
});
