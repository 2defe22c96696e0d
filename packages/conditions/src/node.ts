export { DiskAnswerCache } from './node/disk-answer-cache.ts';
export { openPglite, openPostgres } from './node/sql/database.ts';
export { SqlMetadataStore } from './node/sql/sql-metadata-store.ts';
