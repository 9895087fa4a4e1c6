/** Marks of what may not be stored here (C17). */
const marks = /涉密|绝密|机密|秘密级|内部文件|内部资料|不得外传|禁止外传/;

/** True for text that bears a mark of secrecy: nothing of it is kept. */
export const isSecret = (text: string): boolean => marks.test(text);
