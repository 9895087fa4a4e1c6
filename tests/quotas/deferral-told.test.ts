import { describe, expect, it } from '@jest/globals';
import { reminderTexts } from '../../src/quotas/texts/reminders';

const said = (office: boolean, convener: boolean, liaison: boolean): string =>
  reminderTexts.deferred('J1', { office, convener, liaison }).split('。')[0] ?? '';

describe('who explains a quarter that does not go well hears', () => {
  it('of those who are really told, and of nobody else', () => {
    expect(said(true, true, false)).toBe('已记下您的说明（J1），转给机关和召集人，有了答复会私下告诉您');
    expect(said(true, false, false)).toBe('已记下您的说明（J1），转给机关，有了答复会私下告诉您');
    expect(said(true, false, true)).toBe('已记下您的说明（J1），转给机关和联络员，有了答复会私下告诉您');
    expect(said(true, true, true)).toBe('已记下您的说明（J1），转给机关、召集人和联络员，有了答复会私下告诉您');
  });

  it('that nobody can answer here, where the roster has nobody of the office', () => {
    expect(said(false, true, false)).toBe('已记下您的说明（J1），转给召集人，名册里没有能答复的机关工作人员，请再直接告诉机关');
    expect(said(false, false, false)).toBe('已记下您的说明（J1），但名册里没有能答复的人，请直接告诉机关');
  });
});
