export { DiskAnswerCache } from './node/disk-answer-cache.ts';
