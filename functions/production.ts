// Unless NODE_ENV is `production`, the functions framework and Express send error messages, stacks
// and paths to the client. They read NODE_ENV when they create the server, after this module was
// loaded, so the environment of the process cannot turn that on.
process.env.NODE_ENV = 'production';

export {};
