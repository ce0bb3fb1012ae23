// Package repair finds the ways out of a script's mistakes. Each is an edit that has
// been tried: with it the script is read and evaluated, the mistake is gone, none is new
// in its place, and no claim is lost.
package repair
