import { ConditionsError } from '../../errors.ts';

/** What is read of an error of the AWS SDK. */
interface ServiceError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number | undefined };
}

/** An error of the S3 client as one of conditions; what has nothing to do with the service stays what it is. */
export function s3ErrorOf(error: unknown, where: string): unknown {
  if (error instanceof ConditionsError || !(error instanceof Error)) return error;
  const status = statusOf(error);
  const [what, hint] =
    error.name === 'NoSuchBucket'
      ? ['there is no such bucket', 'make it, or correct the URL of the payloads']
      : status === 401 || status === 403
        ? ['the object store does not let us in', 'key, secret and rights: AWS_ACCESS_KEY_ID …']
        : error.name === 'CredentialsProviderError'
          ? [
              'no credentials for the object store',
              'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile',
            ]
          : status === 507 || error.name === 'XMinioStorageFull'
            ? ['the object store is full']
            : ['the object store does not answer'];
  return new ConditionsError('unavailable', {
    what: what!,
    where,
    given: status === undefined ? error.message : `${status} ${error.name}: ${error.message}`,
    hint,
    cause: error,
  });
}

/** Whether the object is not there. A bucket that is not there is another matter: its name says so where there is a body. */
export function isAbsentObject(error: unknown): boolean {
  return error instanceof Error && error.name !== 'NoSuchBucket' && statusOf(error) === 404;
}

function statusOf(error: Error): number | undefined {
  return (error as ServiceError).$metadata?.httpStatusCode;
}
