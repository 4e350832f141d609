// Package judge keeps what is held to be true of payments by the distinct values it rests on.
//
// What comes in: a warehouse whose payments may be new, the rules, the model and the register,
// and people's overrides. What goes out: the tables lines, payees, suppliers, supplier_links,
// entities, bodies and denominators, brought up to date, and a mark in unrefreshed for each
// file whose judgement changed. What it refuses: nothing of the data; unknown stays unknown.
package judge
