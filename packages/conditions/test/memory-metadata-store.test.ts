import { MemoryMetadataStore } from '../src/index.ts';
import { metadataStoreContract } from './metadata-store-contract.ts';

metadataStoreContract('memory', async (clock) => new MemoryMetadataStore(clock));
