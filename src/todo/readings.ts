import { action, all } from '../organisation/may';
import { intent } from '../reader/intent';
import type { Reading } from '../reader/reading';
import { type Scope, whomOf } from '../reader/whom';

export interface TodoReading extends Reading {
  intent: 'todo_query';
  scope: Scope;
  subject: string | null;
}

/** What is still in somebody's hands: the quota, records that lack something, activities ahead. */
export const queryTodo = intent<TodoReading>('todo_query', {
  words: ['待办', '我的待办', '待办事项', '待办列表', '查待办', 'daiban'],
  read: (asked) => ({ intent: 'todo_query', ...whomOf(asked) }),
});

export const readings = [queryTodo];

export const rights = {
  see: action('todo.see', all('own')),
};
