import type { Incoming } from '../../delivery/incoming';
import type { BotMessage } from './bot-message';
import { type Pressed, pressedButton } from './template-card';

/** Somebody pressed a button of ours. */
export interface Press extends Pressed {
  taskId: string;
  /** As the platform calls the presser. */
  userId: string;
}

/** The press a bot event tells of; null for other events and for buttons that are not ours. */
export function pressIn({ event, from }: BotMessage): Press | null {
  const told = event?.eventtype === 'template_card_event' ? event.template_card_event : undefined;
  const pressed = told && pressedButton(told.event_key);
  return pressed && from ? { ...pressed, taskId: told.task_id, userId: from.userid } : null;
}

/** A press as a line its presser has said to the bot. */
export function asSaid(press: Press, incoming: Omit<Incoming, 'text' | 'mentioned'>): Incoming {
  return { ...incoming, text: press.says, mentioned: true };
}
