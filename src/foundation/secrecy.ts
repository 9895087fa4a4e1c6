/** Characters that the marks name: everything else that is neither letter, number nor the end of a clause is one and the same filler. */
const brackets = '【［\\[（(〔〈《<＜「『】］\\])）〕〉》>＞」』';
const stars = '★☆✩✭⭐*＊';
const filler = '\u0001';
const fillers = new RegExp(`[^\\p{L}\\p{N}，,。；;！!？?、：:\\s${brackets}${stars}]`, 'gu');
const blanks = /[^\S\n]/g;

/** 涉 密, 涉-密: what people put between two characters, and no word. A class of few characters, since it stands in the marks again and again. */
const gap = `[${filler} ${brackets}${stars}]{0,3}`;
const parted = (word: string): string => Array.from(word).join(gap);
/** 司机密切联系, 手机密码, 交涉密集: the 密 of another word. */
const noOther = `(?!${gap}[切集码布封闭锁钥植友谋])`;
const level = `(?:${['[秘祕]密', '[机機]密', '[绝絕]密'].map((word) => word.replace(/密$/, `${gap}密`)).join('|')})`;
const inside = `[内內]${gap}部`;
const open = '[【［\\[（(〔〈《<＜「『]';
const close = '[】］\\])）〕〉》>＞」』]';

/** Marks of what may not be stored here (C17). Ordinary are 企业内部, 小区内部, 保密培训, 商业秘密保护, 非涉密. */
const marks = new RegExp(
  [
    `(?<![不非未没有]|不是)${parted('涉密')}${noOther}`,
    `[绝絕]${gap}密${noOther}`,
    `(?<!商业|技术|企业)[机機]${gap}密${noOther}`,
    // ★ stands on papers between the level and its years.
    `[秘祕]${gap}密(?:${gap}级|\\s*[${stars}])`,
    `(?:属于?|系|涉及|泄露|含有?)${parted('国家秘密')}`,
    `${parted('密级')}\\s*(?:[:：为是]|${level}|${inside})`,
    // As a stamp: in brackets, or before a colon where a line begins.
    `${open}\\s*(?:${level}|${inside}|${parted('保密')}|${parted('涉密')})(?:${parted('文件')}|${parted('资料')}|${parted('材料')}|${parted('件')})?\\s*${close}`,
    `(?:^|[\\n\\s])(?:${level}|${inside})\\s*[:：]`,
    `${inside}${gap}(?:${['掌握', '文件', '[资資]料', '材料', '传阅', '传达(?!室)', '参考', '刊物', '发行', '使用(?!面积|权)', '公文', '通报', '情况通报'].join('|')})`,
    `(?:仅供|只供|限于?)${inside}`,
    `(?:不得|禁止|请勿|切勿|严禁|不可|不能|不准|不要|勿)${parted('外传')}`,
    `(?:不得|不宜|不可|不准|严禁)(?:对外)?${parted('公开')}`,
  ].join('|'),
  'mu',
);

/** True for text that bears a mark of secrecy: nothing of it is kept. */
export const isSecret = (text: string): boolean => marks.test(text.replace(blanks, ' ').replace(fillers, filler));
