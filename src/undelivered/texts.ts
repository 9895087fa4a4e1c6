import { DateTime } from 'luxon';

const platforms = { wecom: '企业微信', dingtalk: '钉钉' } as const;

export const undeliveredTexts = {
  title: '未确认送达',
  none: '最近30天没有被退回或没有回音的消息。',
  count: (count: number): string => `最近30天有${count}条消息没能确认送达。`,
  unknown: '平台没有回音，可能已经送到，也可能没有：请当面或打电话问一下本人；重要的事直接转告。系统不会自动再发，免得重复打扰。',
  refused: '平台没有收下：请把下面的代码告诉管理员，重要的事先用其他办法转告本人。',
  group: '工作群',
  nobody: '提问的人',
  line: (at: Date, zone: string, platform: keyof typeof platforms): string =>
    `${DateTime.fromJSDate(at, { zone }).toFormat('M月d日 H:mm')}，${platforms[platform]}`,
  state: { unknown: '没有回音', refused: '没有收下' } as Readonly<Record<string, string>>,
  code: (code: string): string => `代码 ${code}`,
} as const;
