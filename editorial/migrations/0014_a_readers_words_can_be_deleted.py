from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('editorial', '0012_what_readers_report'),
    ]

    operations = [
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('created', 'Draft opened'), ('imported', 'Imported'), ('author_invited', 'Author invited'), ('author_joined', 'Author joined'), ('author_declined', 'Invitation to write declined'), ('author_uninvited', 'Invitation to write taken back'), ('authors_arranged', 'Authors arranged'), ('submitted', 'Submitted'), ('recalled', 'Recalled by the author'), ('tier_changed', 'Risk tier changed'), ('sent_to_review', 'Sent to review'), ('invited', 'Reviewer invited'), ('accepted', 'Invitation accepted'), ('declined', 'Invitation declined'), ('expired', 'Assignment expired'), ('recused', 'Reviewer recused'), ('unassigned', 'Assignment withdrawn'), ('reported', 'Review signed'), ('reported_late', 'Review handed in late'), ('reopened', 'Reviewer asked again'), ('alternates_named', 'Alternates named'), ('more_time_asked', 'More time asked for'), ('extended', 'Review date moved'), ('declared', 'Interests declared'), ('away_noted', 'Days away noted'), ('away_struck', 'Days away struck'), ('naming_chosen', 'Choice to be named or not'), ('entities_named', 'Companies and products named'), ('blinding_changed', 'Blinding changed'), ('editor_changed', 'Editor changed'), ('replied', 'Comment answered'), ('recommended', 'Decision recommended'), ('comment_resolved', 'Comment resolved'), ('returned', 'Returned for changes'), ('rejected', 'Rejected'), ('revised', 'Next draft opened'), ('approved', 'Approved'), ('published', 'Published'), ('pages_rebuilt', 'Public pages rebuilt'), ('page_withheld', 'Damaged page withheld'), ('preview_shown', 'Preview shown'), ('preview_ended', 'Preview ended'), ('withdrawn', 'Withdrawn'), ('reminded', 'Reviewer reminded'), ('overdue', 'Review ten days overdue'), ('authors_reminded', 'Authors reminded'), ('account_changed', 'Account changed'), ('policy_issued', 'Policy issued'), ('fact_recorded', 'Regulatory fact recorded'), ('library_loaded', 'Demonstration library loaded'), ('reader_report_closed', "Reader's report closed"), ('reader_report_emptied', "Reader's words deleted"), ('effect_settled', 'Held mail settled by hand')], max_length=30),
        ),
    ]
