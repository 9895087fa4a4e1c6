// The ceiling: node:http, node:crypto as WeCom specifies it, one journalled insert with the driver. It reads no line, knows no
// member, recognises no repeat and no stale message.
// usage: BENCH_TOKEN=… BENCH_AES_KEY=… MONGODB_URI=… node bare-server.cjs <port>
const { createServer } = require('node:http');
const { createCipheriv, createDecipheriv, createHash, randomBytes } = require('node:crypto');
const { MongoClient } = require('mongodb');

const token = process.env.BENCH_TOKEN;
const key = Buffer.from(`${process.env.BENCH_AES_KEY}=`, 'base64');
const iv = key.subarray(0, 16);

const signatureOf = (timestamp, nonce, encrypted) =>
  createHash('sha1')
    .update([token, timestamp, nonce, encrypted].sort((a, b) => (a < b ? -1 : 1)).join(''))
    .digest('hex');

function open(encrypted) {
  const decipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
  const plain = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()]);
  return plain.toString('utf8', 20, 20 + plain.readUInt32BE(16));
}

function seal(text) {
  const message = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(message.length);
  const pad = 32 - ((20 + message.length) % 32);
  const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
  const plain = Buffer.concat([randomBytes(16), length, message, Buffer.alloc(pad, pad)]);
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
}

async function answer(records, query, body) {
  const { encrypt } = JSON.parse(body);
  if (signatureOf(query.get('timestamp'), query.get('nonce'), encrypt) !== query.get('msg_signature')) return null;
  const { msgid, from, text } = JSON.parse(open(encrypt));
  await records.insertOne({ _id: msgid, from: from.userid, text: text.content, at: new Date() });
  const sealed = seal(JSON.stringify({ msgtype: 'stream', stream: { id: msgid, finish: true, content: `已记录 [${msgid}]` } }));
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = query.get('nonce');
  return JSON.stringify({ encrypt: sealed, msgsignature: signatureOf(timestamp, nonce, sealed), timestamp: Number(timestamp), nonce });
}

async function main() {
  const client = await new MongoClient(process.env.MONGODB_URI, { maxPoolSize: 20, writeConcern: { w: 'majority', j: true } }).connect();
  const records = client.db().collection('records');
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const query = new URLSearchParams(request.url.slice(request.url.indexOf('?') + 1));
      answer(records, query, Buffer.concat(chunks).toString()).then(
        (text) => response.writeHead(text === null ? 403 : 200, { 'content-length': Buffer.byteLength(text ?? '') }).end(text),
        () => response.writeHead(503, { 'content-length': 0 }).end(),
      );
    });
  });
  server.listen(Number(process.argv[2]), '127.0.0.1');
  process.on('SIGTERM', () => process.exit(0));
}

void main();
