// Builds random networks with the layers API of TensorFlow.js, which is Keras,
// runs them, and tells what came out: see with_torch.py. Only layers of its own
// are used, and a layer that shares is the same layer called again.

import { createInterface } from 'node:readline';
import * as tf from '@tensorflow/tfjs';

const { layers } = tf;

const rank = (x) => x.shape.length - 2;
const sides = (value, n) => (Array.isArray(value) ? value : Array(n).fill(value));

const slide = (a, x) => ({
  kernelSize: sides(a.kernel, rank(x)),
  strides: sides(a.stride ?? 1, rank(x)),
  dilationRate: sides(a.dilation ?? 1, rank(x)),
  padding: a.pad ?? 'valid',
  useBias: a.bias ?? true,
});

const byRank = (name, x, options) => layers[name + rank(x) + 'd'](options);

const conv = (name) => (a, x) => byRank(name, x, { ...slide(a, x), filters: a.filters });

const pool = (name) => (a, x) => {
  if (a.global) {
    return layers[`global${name}Pooling${rank(x)}d`]({});
  }
  const poolSize = sides(a.kernel, rank(x));
  const strides = sides(a.stride ?? a.kernel, rank(x));
  const one = (v) => (rank(x) === 1 ? v[0] : v);
  const full = name === 'Average' ? 'averagePooling' : 'maxPooling';
  return byRank(full, x, { poolSize: one(poolSize), strides: one(strides), padding: a.pad ?? 'valid' });
};

const activation = (word) => () => layers.activation({ activation: word });

const affine = (a) => ({ scale: a.gamma ?? true, center: a.beta ?? true });

const range = (n) => Array.from({ length: n }, (_, i) => i + 1);

const prelu = (a, x) => {
  const axes = x.shape.length - 1;
  return layers.prelu({ sharedAxes: a.single ? range(axes) : a.each ? undefined : range(axes - 1) });
};

const recurrent = (name) => (a, x) => {
  const layer = layers[name]({ units: a.units, returnSequences: a.sequence ?? false, useBias: (a.bias ?? 1) > 0 });
  return a.bidirectional ? layers.bidirectional({ layer, mergeMode: 'concat' }) : layer;
};

const alongAxis = (a, x) => {
  const spatial = { 1: ['length'], 2: ['height', 'width'], 3: ['depth', 'height', 'width'] }[rank(x)] ?? [];
  return 1 + [...spatial, 'channels'].indexOf(a.along ?? 'channels');
};

const both = (value, n) => sides(value, n).map((v) => [v, v]);

const zeropad = (a, x) => {
  const [before, after] = ['before', 'after'].map((word) => sides(a.pad ?? a[word] ?? 0, rank(x)));
  return layers.zeroPadding2d({ padding: before.map((b, i) => [b, after[i]]) });
};

// withOutpad gives a transposed convolution Keras' output_padding, which the layers
// of TensorFlow.js lack; the operation that is run is TensorFlow's own, and refuses
// a length that is none of its input. The length is Keras' published rule: see
// _get_output_shape_given_tf_padding in keras/src/backend/common/backend_utils.py.
const withOutpad = (layer, outpad) => {
  const length = (n, i) => {
    const kernel = layer.kernelSize[i];
    return (n - 1) * layer.strides[i] + (layer.padding === 'same' ? kernel % 2 : kernel) + outpad[i];
  };
  const shape = (x) => [x[0], ...x.slice(1, -1).map(length), layer.filters];
  layer.computeOutputShape = (x) => shape(Array.isArray(x[0]) ? x[0] : x);
  layer.call = (inputs) => {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    const run = rank(x) === 2 ? tf.conv2dTranspose : tf.conv3dTranspose;
    const out = run(x, layer.kernel.read(), shape(x.shape), layer.strides, layer.padding);
    return layer.bias ? tf.add(out, layer.bias.read()) : out;
  };
  return layer;
};

const deconv = (a, x) => {
  const layer = layers[`conv${rank(x)}dTranspose`]({ ...slide(a, x), filters: a.filters });
  return a.outpad === undefined || a.outpad === 'auto' ? layer : withOutpad(layer, sides(a.outpad, rank(x)));
};

const build = {
  add: () => layers.add(),
  avgpool: pool('Average'),
  batchnorm: (a) => layers.batchNormalization(affine(a)),
  concat: (a, x) => layers.concatenate({ axis: alongAxis(a, x) }),
  conv: conv('conv'),
  crop: (a, x) => layers.cropping2D({ cropping: both(a.cut, rank(x)) }),
  deconv,
  dense: (a) => layers.dense({ units: a.units, useBias: a.bias ?? true }),
  depthwise: (a, x) => layers.depthwiseConv2d({ ...slide(a, x), depthMultiplier: a.multiplier ?? 1 }),
  dropout: (a) => layers.dropout({ rate: a.rate }),
  elu: () => layers.elu(),
  embedding: (a) => layers.embedding({ inputDim: a.vocabulary, outputDim: a.dimensions }),
  flatten: () => layers.flatten(),
  gelu: activation('gelu'),
  gru: recurrent('gru'),
  hardsigmoid: activation('hardSigmoid'),
  identity: activation('linear'),
  layernorm: (a, x) => layers.layerNormalization({ axis: a.over === 'all' ? range(x.shape.length - 1) : -1, ...affine(a) }),
  leaky: (a) => layers.leakyReLU({ alpha: a.slope ?? 0.01 }),
  lstm: recurrent('lstm'),
  matmul: (a) => layers.dot({ axes: [2, a.transpose ? 2 : 1] }),
  max: () => layers.maximum(),
  maxpool: pool('Max'),
  mish: activation('mish'),
  mul: () => layers.multiply(),
  permute: (a) => layers.permute({ dims: a.order }),
  prelu,
  relu: () => layers.reLU(),
  relu6: () => layers.reLU({ maxValue: 6 }),
  reshape: (a) => layers.reshape({ targetShape: a.size }),
  selu: activation('selu'),
  separable: (a, x) => layers.separableConv2d({ ...slide(a, x), filters: a.filters, depthMultiplier: a.multiplier ?? 1 }),
  sigmoid: activation('sigmoid'),
  silu: activation('swish'),
  simplernn: recurrent('simpleRNN'),
  softmax: () => layers.softmax({ axis: -1 }),
  softplus: activation('softplus'),
  tanh: activation('tanh'),
  upsample: (a, x) => layers.upSampling2d({ size: sides(a.factor, rank(x)), interpolation: a.bilinear ? 'bilinear' : 'nearest' }),
  zeropad,
};

const count = (weights, seen) => {
  const fresh = weights.filter((w) => !seen.has(w.id));
  fresh.forEach((w) => seen.add(w.id));
  return fresh.reduce((sum, w) => sum + w.shape.reduce((a, b) => a * b, 1), 0);
};

// network answers with [shape, new parameters, new running statistics] of
// every layer.
function network(ops) {
  const outputs = [];
  const built = [];
  const answers = [];
  const seen = new Set();
  for (const op of ops) {
    const { shape, layer } = grow(op, outputs, built);
    answers.push([shape, count(layer?.trainableWeights ?? [], seen), count(layer?.nonTrainableWeights ?? [], seen)]);
  }
  run(ops, outputs, answers);
  return answers;
}

// grow adds one layer.
function grow(op, outputs, built) {
  const inputs = op.in.map((i) => outputs[i]);
  const a = op.args;
  let layer = null;
  if (op.kind === 'input') {
    outputs.push(tf.input({ shape: a.size, dtype: a.tokens ? 'int32' : 'float32' }));
  } else {
    layer = op.owner >= 0 ? built[op.owner] : build[op.kind](a, ...inputs);
    outputs.push(layer.apply(inputs.length > 1 ? inputs : inputs[0]));
  }
  built.push(layer);
  return { shape: outputs.at(-1).shape.slice(1), layer };
}

// run puts real tensors through the network: what comes out has to have the
// shapes that were promised.
function run(ops, outputs, answers) {
  const inputs = outputs.filter((_, i) => ops[i].kind === 'input');
  const others = outputs.map((_, i) => i).filter((i) => ops[i].kind !== 'input');
  if (others.length === 0) {
    return;
  }
  tf.tidy(() => {
    const model = tf.model({ inputs, outputs: others.map((i) => outputs[i]) });
    const given = inputs.map((x) => tf.zeros([1, ...x.shape.slice(1)], x.dtype));
    const got = model.predict(given);
    (Array.isArray(got) ? got : [got]).forEach((tensor, i) => {
      answers[others[i]][0] = tensor.shape.slice(1);
    });
  });
}

await tf.setBackend('cpu');
for await (const line of createInterface({ input: process.stdin })) {
  const { seed, script, ops } = JSON.parse(line);
  const answer = { seed, script };
  try {
    answer.layers = network(ops);
  } catch (error) {
    answer.error = `${error.name}: ${error.message}`;
  }
  tf.disposeVariables();
  process.stdout.write(JSON.stringify(answer) + '\n');
}
