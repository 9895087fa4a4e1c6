import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type DingtalkSimulator, type DingtalkSimulatorOptions, startDingtalkSimulator } from '../../packages/chat-simulator/dingtalk';
import { ShiftableClock } from '../../src/foundation/clock';

export const app = {
  corpId: 'demoCORP',
  clientId: 'dingDEMO0001',
  clientSecret: 'demoClientSecret-demoClientSecret',
  robotName: '政协小助手',
};
export const people = [
  { userId: 'dt-zhoulan', name: '周岚' },
  { userId: 'dt-hanlizhou', name: '韩立舟' },
];
export const groups = [{ chatId: 'cidALL==', name: '委员工作群', members: ['dt-zhoulan', 'dt-hanlizhou'] }];

export interface DingtalkScene {
  simulator: DingtalkSimulator;
  clock: ShiftableClock;
  /** What the simulator found wrong with us. */
  faults: string[];
  close(): Promise<void>;
}

/** The simulated DingTalk alone: it pauses briefly, and waits for an ack as long as a busy machine may take. */
export async function startDingtalkScene(options: Partial<DingtalkSimulatorOptions> = {}): Promise<DingtalkScene> {
  const clock = new ShiftableClock();
  const faults: string[] = [];
  const timing = { redeliverAfterMs: 50, closeAfterMs: 200, answerWithinMs: 30_000 };
  const simulator = await startDingtalkSimulator({
    ...app,
    ...timing,
    clock,
    people,
    groups,
    onFault: (line) => faults.push(line),
    ...options,
  });
  return { simulator, clock, faults, close: () => simulator.close() };
}

interface RobotPost {
  headers: Record<string, string | string[] | undefined>;
  body: Record<string, unknown>;
}

/** Stands for our application in HTTP mode: answers what the test says; null never answers. */
export class StandInRobot {
  readonly posts: RobotPost[] = [];
  answer: (post: RobotPost) => { status?: number; text: string } | null = () => ({ text: '{"msgtype":"empty"}' });
  private readonly server: Server = createServer((request, response) => {
    let raw = '';
    request.on('data', (chunk: Buffer) => (raw += chunk.toString()));
    request.on('end', () => {
      const post = { headers: request.headers, body: JSON.parse(raw) as Record<string, unknown> };
      this.posts.push(post);
      const answer = this.answer(post);
      if (answer) response.writeHead(answer.status ?? 200).end(answer.text);
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Calls the simulated API as a client does; `token` stands in the header of the new family. */
export async function call(
  { apiBase }: Pick<DingtalkSimulator, 'apiBase'>,
  path: string,
  body: unknown,
  token?: string,
): Promise<{ status: number; json: Record<string, unknown> }> {
  const response = await fetch(new URL(path, apiBase), {
    method: 'POST',
    headers: { accept: 'application/json', ...(token ? { 'x-acs-dingtalk-access-token': token } : {}) },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
}

export async function tokenOf({ simulator }: DingtalkScene): Promise<string> {
  const { json } = await call(simulator, '/v1.0/oauth2/accessToken', { appKey: app.clientId, appSecret: app.clientSecret });
  return String(json['accessToken']);
}
