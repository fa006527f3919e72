/** For a suite whose clients would look for a metadata server, and complain that there is none. */
export const offGoogleCloud = (): void => {
  const { METADATA_SERVER_DETECTION: given } = process.env;
  before(() => {
    process.env.METADATA_SERVER_DETECTION = 'none';
  });
  after(() => {
    if (given === undefined) delete process.env.METADATA_SERVER_DETECTION;
    else process.env.METADATA_SERVER_DETECTION = given;
  });
};
