export { DiskAnswerCache } from './node/disk-answer-cache.ts';
export { DirectoryPayloadStore } from './node/files/directory-payload-store.ts';
export type { HomeConfig } from './node/home/home-config.ts';
export { openConditions } from './node/home/open-conditions.ts';
export { bundleFileReader, payloadFileReader, readPayloadFolder } from './node/payload-files.ts';
export { openSnapshotFile, saveSnapshotFile } from './node/snapshot-file.ts';
export { openSnapshotFolderAt, saveSnapshotFolder } from './node/snapshot-folder.ts';
export { openPglite, openPostgres } from './node/sql/database.ts';
export { SqlMetadataStore } from './node/sql/sql-metadata-store.ts';
