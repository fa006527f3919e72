import assert from 'node:assert/strict';
import { encodeJson, readJson } from '../../../../shared/codec/bytes.js';
import { QualityReport } from '../../../../shared/evidence/data-quality.js';
import { RULES } from '../../../../shared/market-data/quality/finding.js';
import { checkQuality } from '../../../../shared/market-data/quality/gate.js';
import type { LoadedMarket } from '../../../../shared/market-data/quality/loaded-market.js';
import { qualityReport } from '../../../../shared/market-data/quality/report.js';
import { getOrThrow } from '../../../support/get-or-throw.js';
import { allBut, changed, marketOf, rows, steady } from './loaded-market.js';

const SOURCE = { id: 'csv', live: false };
const reportOf = (market: LoadedMarket) => {
  const report = qualityReport(SOURCE.id, market, getOrThrow(checkQuality(SOURCE, market)));
  const bytes = getOrThrow(encodeJson(QualityReport, 'report')(report));
  return { bytes, report: getOrThrow(readJson(QualityReport, 'report')(bytes)) };
};

describe('The data-quality report', () => {
  it('states what was checked, counts every rule and lists the findings', () => {
    const gappy = rows(steady('ADAUSDT'), allBut(5));
    const silent = changed(steady('BNBUSDT'), 7, { volume: 0 });
    const { report } = reportOf(marketOf([silent, steady(), gappy]));
    const { counts, ...rest } = report;
    assert.deepEqual(Object.keys(counts), Object.keys(RULES));
    assert.deepEqual(
      Object.entries(counts).filter(([, count]) => count > 0),
      [
        ['gap', 1],
        ['zero-volume', 1],
      ],
    );
    const days = (day: string) => ({ from: day, to: day, days: 1 });
    assert.deepEqual(rest, {
      schema_version: 1,
      as_of_date: '2026-02-09',
      source: 'csv',
      compared_with: null,
      checked: { symbols: 3, bars: 119, candidates: 3, covered: 3 },
      findings: [
        {
          symbol: 'ADAUSDT',
          date: '2026-01-06',
          rule: 'gap',
          severity: 'report',
          values: days('2026-01-06'),
        },
        {
          symbol: 'BNBUSDT',
          date: '2026-01-08',
          rule: 'zero-volume',
          severity: 'report',
          values: days('2026-01-08'),
        },
      ],
      findings_not_listed: 0,
    });
  });

  it('stays below a megabyte: lists findings on whole symbols and the newest ones, counts all', () => {
    const jumping = Array.from({ length: 120 }, (_, index) => {
      const series = steady(`C${100 + index}USDT`);
      for (let day = 1; day < 40; day += 2) series.close[day] = 30;
      return series;
    });
    const stopped = steady('ADAUSDT', 39);
    const { bytes, report } = reportOf(marketOf([steady(), stopped, ...jumping]));
    assert.equal(report.counts['big-move'], 120 * 39);
    assert.equal(report.findings.length, 2500);
    assert.equal(report.findings_not_listed, 120 * 39 + 1 - 2500);
    assert.equal(report.findings[0]?.rule, 'halted');
    assert.ok(bytes.length < 1e6, `${bytes.length} bytes`);
    const listed = report.findings.map(({ date }) => date ?? '9999').sort();
    assert.equal(listed[0], '2026-01-20');
    const places = report.findings.map(({ symbol, date }) => `${symbol} ${date}`);
    assert.deepEqual(places, [...places].sort());
  });

  it('rejects other JSON', () => {
    const { report } = reportOf(marketOf([steady()]));
    for (const change of [{ more: 1 }, { schema_version: 2 }, { counts: { typo: 1 } }])
      assert.throws(() =>
        getOrThrow(encodeJson(QualityReport, 'report')({ ...report, ...change })),
      );
  });
});
