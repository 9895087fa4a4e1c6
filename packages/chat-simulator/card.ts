/** A template card with buttons, as the client shows it. */
export interface ShownCard {
  /** Whose card it is: the press goes there. */
  owner: 'bot' | 'app';
  taskId: string;
  title: string;
  /** The words under the title, if any. */
  text?: string;
  buttons: ShownButton[];
}

export interface ShownButton {
  label: string;
  key: string;
  style: number;
}

const mostButtons = 6;
const keyBytes = 1_024;
const taskIds = /^[0-9A-Za-z_\-@]{1,128}$/;

type Fields = Record<string, unknown>;

const displayed = new Set(['text_notice', 'news_notice']);
const actionable = new Set(['button_interaction', 'vote_interaction', 'multiple_interaction']);

/** Reads a card strictly; throws Error naming what WeCom would refuse. Of what can be pressed only buttons are played. */
export function readCard(value: unknown, owner: ShownCard['owner']): ShownCard {
  const card = fieldsOf(value, 'template_card');
  const type = String(card['card_type']);
  if (!displayed.has(type) && !actionable.has(type)) throw new Error('card_type');
  const taskId = card['task_id'] ?? '';
  if (typeof taskId !== 'string' || (!taskIds.test(taskId) && !(taskId === '' && displayed.has(type)))) throw new Error('task_id');
  const title = fieldsOf(card['main_title'], 'main_title')['title'];
  if (typeof title !== 'string' || title.trim() === '') throw new Error('main_title.title is missing');
  const text = card['sub_title_text'];
  if (text !== undefined && typeof text !== 'string') throw new Error('sub_title_text is no string');
  if (/\p{Surrogate}/u.test(`${title}${text ?? ''}`)) throw new Error('half a surrogate pair');
  const buttons = type === 'button_interaction' ? buttonsOf(card['button_list']) : [];
  return { owner, taskId, title, ...(text === undefined || text === '' ? {} : { text }), buttons };
}

function buttonsOf(list: unknown): ShownButton[] {
  if (!Array.isArray(list) || list.length === 0 || list.length > mostButtons) throw new Error('button_list');
  const buttons = list.map((value) => {
    const { text: label, key, style = 1 } = fieldsOf(value, 'button_list');
    if (typeof label !== 'string' || label === '') throw new Error('button text is missing');
    if (typeof key !== 'string' || key === '' || Buffer.byteLength(key) > keyBytes) throw new Error('button key');
    if (![1, 2, 3, 4].includes(style as number)) throw new Error('button style');
    return { label, key, style: style as number };
  });
  if (new Set(buttons.map(({ key }) => key)).size !== buttons.length) throw new Error('two buttons have one key');
  return buttons;
}

function fieldsOf(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${what} is missing`);
  return value as Fields;
}
