// One of two processes of tests/fault/seats.test.ts: the real store and service, compiled on the way in. Told by its
// parent whom to sign up, it says 'ready', waits for 'go', signs everybody up at once and sends the outcomes.
const { transformFileSync } = require('@swc/core');

require.extensions['.ts'] = (module, file) =>
  module._compile(
    transformFileSync(file, { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'commonjs' } }).code,
    file,
  );
const { createActivities } = require('../../src/activities/service');
const { createActivityStore } = require('../../src/activities/store');
const { systemClock } = require('../../src/foundation/clock');
const { connectMongo } = require('../../src/foundation/mongo');

async function rush({ uri, body, activity, members }) {
  const connection = await connectMongo(uri);
  const activities = createActivities({ store: createActivityStore(connection), clock: systemClock });
  await activities.find(body, activity);
  const go = new Promise((resolve) => process.once('message', resolve));
  process.send('ready');
  await go;
  const request = (memberId) => ({ eventKey: `rush-${memberId}`, memberId, seats: 1, wish: 'attending', by: memberId });
  const results = await Promise.all(members.map((memberId) => activities.signUp(body, activity, request(memberId))));
  process.send(results.map(({ kind, place, signup }) => ({ memberId: signup.memberId, kind, place })));
  await connection.close();
  process.disconnect();
}

process.once('message', (task) => {
  rush(task).catch((error) => {
    console.error(error);
    process.exit(1);
  });
});
