import type { Connection } from 'mongoose';

/**
 * Makes ordinary ones of the indexes by which the store forgets what is old. It goes by today's date, once a minute: on a test's own day, long
 * past by now, an open question or a message that has just come would be gone from one minute to the next.
 */
export async function nothingExpires(connection: Connection): Promise<void> {
  for (const listed of await connection.listCollections()) {
    const collection = connection.collection(listed.name);
    const indexes = (await collection.indexes()).filter((index) => index.expireAfterSeconds !== undefined);
    for (const { name, key } of indexes) {
      await collection.dropIndex(name ?? '');
      await collection.createIndex(key as Record<string, 1>);
    }
  }
}
