export { getOrThrow } from '../../shared/codec/failure.js';
