import Redis from 'ioredis';

/** For the request path: errors at once when Redis is away. */
export function failFastRedis(url: string): Redis {
  return quiet(
    new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1, commandTimeout: 500, connectTimeout: 1_000, lazyConnect: false }),
  );
}

/** For BullMQ workers: waits for ever, reconnects by itself. */
export function patientRedis(url: string): Redis {
  return quiet(new Redis(url, { maxRetriesPerRequest: null }));
}

// Without a listener ioredis prints every lost connection; callers see the failure of their own command instead.
function quiet(redis: Redis): Redis {
  redis.on('error', () => undefined);
  return redis;
}

/** Waits until the connection can be used, at most `withinMs`; false when Redis is away. Everything goes on without it. */
export async function redisReady(redis: Redis, withinMs: number): Promise<boolean> {
  if (redis.status === 'ready') return true;
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), withinMs);
    redis.once('ready', () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
