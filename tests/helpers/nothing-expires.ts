import type { Connection } from 'mongoose';

/**
 * Takes away the indexes by which the store forgets what is old. It goes by today's date, once a minute: on a test's own day, long
 * past by now, an open question or a message that has just come would be gone from one minute to the next.
 */
export async function nothingExpires(connection: Connection): Promise<void> {
  for (const { name } of await connection.listCollections()) {
    const collection = connection.collection(name);
    const indexes = (await collection.indexes()).filter((index) => index.expireAfterSeconds !== undefined);
    for (const index of indexes) await collection.dropIndex(index.name ?? '');
  }
}
