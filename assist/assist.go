// Package assist answers who asks while writing a script: what a word means,
// which word was meant, and which words there are. The command line and the
// prompt, and any editor or page, ask here and so say the same; what they say is
// data, and render prints it.
//
// It may know the language, the catalogue, the standard library and what other
// tools call things. It runs no script and knows no face: a word that only one
// face has, such as a command of the prompt, is that face's own matter.
//
// A new kind of layer, block, option, statement or error code is found without
// a change here, because Lookup reads the tables that they stand in. A new
// function, a new property of a layer or a new word of calculations needs an
// entry in terms.go; a test says so. A new sort of meaning is a field of
// Meaning, a line in finders, and a case where render prints it.
package assist
