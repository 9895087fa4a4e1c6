// What a good engineer writes in a day: Koa, @koa/router, @wecom/crypto, mongoose models. It splits the line at its blanks, looks for
// the member, keeps the record under its message's id and answers. It asks nothing back, knows no second wording and no role.
// usage: BENCH_TOKEN=… BENCH_AES_KEY=… MONGODB_URI=… node day-server.cjs <port>
const Koa = require('koa');
const Router = require('@koa/router').default ?? require('@koa/router');
const mongoose = require('mongoose');
const rawBody = require('raw-body');
const { decrypt, encrypt, getSignature } = require('@wecom/crypto');

const token = process.env.BENCH_TOKEN;
const aesKey = process.env.BENCH_AES_KEY;

const Member = mongoose.model('Member', new mongoose.Schema({ userid: { type: String, required: true, unique: true }, name: String }));
const Record = mongoose.model(
  'Record',
  new mongoose.Schema(
    {
      msgid: { type: String, required: true, unique: true },
      member: { type: mongoose.Schema.Types.ObjectId, ref: 'Member', required: true },
      mode: { type: String, required: true },
      date: { type: String, required: true },
      place: { type: String, required: true },
      people: { type: Number, required: true, min: 1 },
      topic: String,
      text: String,
    },
    { timestamps: true },
  ),
);

const line = /\/记录\s+(\S+)\s+(\S+)\s+(\S+)\s+(\d+)人(?:\s+(\S+))?/;

async function keep({ msgid, from, text }) {
  const member = await Member.findOne({ userid: from.userid });
  if (!member) return '您不在名册里';
  const found = line.exec(text.content);
  if (!found) return '请这样写：/记录 走访 昨天 红柳社区 12人 物业收费';
  const [, mode, date, place, people, topic] = found;
  try {
    await Record.create({ msgid, member: member._id, mode, date, place, people: Number(people), topic, text: text.content });
  } catch (error) {
    if (error.code !== 11000) throw error;
  }
  return `已记录 [${msgid}]：${mode}，${date}，${place}，${people}人`;
}

const router = new Router();
router.post('/wecom/bot', async (ctx) => {
  const { msg_signature: signature, timestamp, nonce } = ctx.query;
  const body = JSON.parse(await rawBody(ctx.req, { encoding: 'utf8', limit: '64kb' }));
  if (getSignature(token, timestamp, nonce, body.encrypt) !== signature) ctx.throw(403);
  const message = JSON.parse(decrypt(aesKey, body.encrypt).message);
  const content = await keep(message);
  const sealed = encrypt(aesKey, JSON.stringify({ msgtype: 'stream', stream: { id: message.msgid, finish: true, content } }), '');
  const now = String(Math.floor(Date.now() / 1000));
  ctx.body = { encrypt: sealed, msgsignature: getSignature(token, now, nonce, sealed), timestamp: Number(now), nonce };
});

async function main() {
  await mongoose.connect(process.env.MONGODB_URI, { maxPoolSize: 20, writeConcern: { w: 'majority', j: true } });
  await Promise.all([Member.init(), Record.init()]);
  new Koa().use(router.routes()).listen(Number(process.argv[2]), '127.0.0.1');
  process.on('SIGTERM', () => process.exit(0));
}

void main();
