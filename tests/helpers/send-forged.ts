import { request as httpRequest } from 'node:http';

interface ForgedRequest {
  method: 'GET' | 'POST';
  headers?: Record<string, string>;
  body: string | Buffer;
  /** A longer body may be cut off by the server, which is a refusal too. */
  mayBeCutAbove: number;
}

/** Status, headers without the date, and body, as one line to compare; 'cut' when the server closed on an oversized body. */
export function sendForged(url: string, { method, headers = {}, body, mayBeCutAbove }: ForgedRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { method, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => {
        const { date: _date, ...rest } = response.headers;
        resolve(JSON.stringify({ status: response.statusCode, headers: rest, text }));
      });
    });
    sent.on('error', (error: NodeJS.ErrnoException) => {
      if (body.length > mayBeCutAbove && (error.code === 'ECONNRESET' || error.code === 'EPIPE')) resolve('cut');
      else reject(error);
    });
    sent.end(method === 'POST' ? body : undefined);
  });
}
