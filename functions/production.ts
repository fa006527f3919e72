// The functions framework and Express answer errors with messages, stacks and paths unless NODE_ENV
// is `production`. They read it when the server is made, which is after this module was loaded, so
// no environment can turn that on.
process.env.NODE_ENV = 'production';

export {};
