/** Every sentence about forms and reports, as long as none is made here. */
export const reportTexts = {
  notYet: '表格和报告我还出不了。要数字可以直接问我，例如“我今年多少人次”“教育界三季度走访了几次”；要看记录，发“/我的记录”。',
} as const;
