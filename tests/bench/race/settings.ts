import { body } from '../../helpers/roster';

/** The tenant of the race: everything the product needs to take WeCom's callbacks. */
export const settings = {
  BODY_ID: body.id,
  // A few hundred members send as fast as they can: nobody is held back.
  CHAT_LIMIT_MESSAGES: '1000000',
  WECOM_CORP_ID: 'benchCORP0001',
  WECOM_BOT_ID: 'aibBENCH',
  WECOM_BOT_MENTIONS: body.mentions.join(','),
  WECOM_BOT_TOKEN: 'benchBotToken',
  WECOM_BOT_AES_KEY: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  WECOM_APP_AGENT_ID: '1000002',
  WECOM_APP_SECRET: 'benchAppSecret-benchAppSecret-benchAppSecret',
  WECOM_APP_TOKEN: 'benchAppToken',
  WECOM_APP_AES_KEY: 'aWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
};
