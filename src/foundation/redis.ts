import Redis from 'ioredis';

/** For the request path: errors at once when Redis is away (dependencies.md 1.3). */
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
