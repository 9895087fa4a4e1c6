import { notDone, StoreError } from './failure';
import { type Doc, isDoc, isNumeric, toNumber } from './values';

const retryable = new Set(['insert', 'update', 'delete', 'findAndModify', 'findandmodify']);

/** Refuses transactions, and numbers of retryable writes where MongoDB knows none. */
export function checkTransaction(name: string, body: Doc): void {
  if (body.has('startTransaction') || body.has('autocommit')) throw notDone('transactions over several documents');
  const number = body.get('txnNumber');
  if (number === undefined) return;
  const wrong = (why: string): StoreError => new StoreError('InvalidOptions', why);
  if (!isNumeric(number) || !Number.isInteger(toNumber(number))) throw new StoreError('TypeMismatch', 'txnNumber has to be a whole number');
  if (!isDoc(body.get('lsid'))) throw wrong('Transaction number requires a session ID to also be specified');
  if (toNumber(number) < 0) throw wrong('Transaction number cannot be negative');
  if (!retryable.has(name))
    throw new StoreError(
      50768,
      `txnNumber may only be provided for multi-document transactions and retryable write commands. autocommit:false was not provided, and ${name} is not a retryable write command.`,
    );
}
