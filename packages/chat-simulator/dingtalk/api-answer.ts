/** What a call of the API is answered with. */
export interface ApiAnswer {
  status: number;
  json: Record<string, unknown>;
}

const request = '0A1B2C3D-0000-7000-8000-SIMULATED000';

/** New family (api.dingtalk.com): HTTP says whether it went well, the payload is bare. */
export const success = (json: Record<string, unknown> = {}): ApiAnswer => ({ status: 200, json });

export const failure = (code: string, message = code, status = 400): ApiAnswer => ({
  status,
  json: { code, message, requestid: request },
});

/** Old family (oapi.dingtalk.com): always HTTP 200, the rest stands in errcode. */
export const oldSuccess = (more: Record<string, unknown> = {}): ApiAnswer => ({ status: 200, json: { errcode: 0, errmsg: 'ok', ...more } });

export const oldFailure = (errcode: number, errmsg: string): ApiAnswer => ({ status: 200, json: { errcode, errmsg } });

/** The code of a failure in either family; null for success. */
export function codeOf({ status, json }: ApiAnswer): string | null {
  const { code, errcode = 0 } = json as { code?: string; errcode?: number };
  if (status !== 200) return code ?? '';
  return errcode === 0 ? null : String(errcode);
}
