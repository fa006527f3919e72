import { CHALLENGER_TOPK_60 } from '../../shared/research/shadow-tracks.js';
import { demoCase } from '../support/golden-case.js';
import { shadowParity } from './shadow/suite.js';

shadowParity(demoCase('market-2026-03-13'), CHALLENGER_TOPK_60);
