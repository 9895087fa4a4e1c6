// A server that answers with ready bytes and does nothing: what the driver alone allows, beside any server's figures.
// usage: node ready-bytes.cjs <socket> <collection read by key> <documents in a page> <a document as EJSON>
const { createServer } = require('node:net');
const { BSON } = require('mongoose').mongo;

const [socketPath, byKey, pageSize, shown] = process.argv.slice(2);
const document = BSON.EJSON.parse(shown);
const limits = { maxBsonObjectSize: 16777216, maxMessageSizeBytes: 48000000, maxWriteBatchSize: 100000, logicalSessionTimeoutMinutes: 30 };
const hello = { helloOk: true, isWritablePrimary: true, ...limits, minWireVersion: 0, maxWireVersion: 21, ok: 1 };
const found = (name, count) => ({ cursor: { firstBatch: Array(count).fill(document), id: 0n, ns: `bench.${name}` }, ok: 1 });

/** A message whose head is still empty but for its length and kind: OP_MSG, or OP_REPLY for the first handshake. */
function message(reply, legacy = false) {
  const head = legacy ? 36 : 21;
  const bytes = Buffer.concat([Buffer.alloc(head), BSON.serialize(reply)]);
  bytes.writeInt32LE(bytes.length, 0);
  bytes.writeInt32LE(legacy ? 1 : 2013, 12);
  if (legacy) bytes.writeInt32LE(1, 32);
  return bytes;
}

const ready = {
  handshake: message(hello, true),
  hello: message(hello),
  one: message(found(byKey, 1)),
  page: message(found('pages', Number(pageSize))),
  done: message({ ok: 1, n: 1, nModified: 1 }),
};

function answerTo(request) {
  if (request.readInt32LE(12) === 2004) return ready.handshake;
  // The command's name is that of its first field, and a text in it names the collection.
  const name = request.latin1Slice(26, request.indexOf(0, 26));
  if (name === 'hello') return ready.hello;
  if (name !== 'find') return ready.done;
  return request.latin1Slice(35, request.indexOf(0, 35)) === byKey ? ready.one : ready.page;
}

createServer((socket) => {
  let rest = Buffer.alloc(0);
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    while (rest.length >= 4 && rest.length >= rest.readInt32LE(0)) {
      const request = rest.subarray(0, rest.readInt32LE(0));
      rest = rest.subarray(request.length);
      const answer = Buffer.from(answerTo(request));
      answer.writeInt32LE(request.readInt32LE(4), 8);
      socket.write(answer);
    }
  });
}).listen(socketPath, () => console.log('ready'));
process.on('SIGTERM', () => process.exit(0));
